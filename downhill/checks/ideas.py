"""Long programs of which no fence says where their idea is: they would be in sight whole."""

from downhill.manuscript.book import Book
from downhill.manuscript.idea import SHORT, definitions, length


def problems(book: Book) -> list[str]:
    """Return a sentence for each fence that shows a program of many lines, and says of none that they carry its idea."""
    found = []
    for fence in (fence for pages in book.pages.values() for page in pages.values() for fence in page.fences):
        source = book.shown.get(fence.snippet, "")
        if not fence.idea and (count := length(source)) > SHORT and (known := definitions(source)):
            named = f'say which functions carry the idea: idea="{" ".join(known)}", or some of them'
            found.append(f"{fence.place}: all {count} lines of its program would be in sight; {named}")
    return found
