"""Everything that can be wrong with the book before it is built: a module a kind, a sentence a fault."""

from downhill.checks import catalogue, formulas, glossary, references, twins
from downhill.manuscript.book import Book


def problems(book: Book) -> list[str]:
    """Return a sentence for everything wrong with the book that can be seen without running it."""
    found = unreadable(book)
    for page in (page for pages in book.pages.values() for page in pages.values()):
        found += page.problems + formulas.problems(page.place, page.text)
        for fence in page.fences:
            if fence.snippet not in book.snippets:
                found.append(f"{fence.place}: shows {book.place(fence.snippet)}, which does not exist")
    if not found:
        found += [f"{book.place(name)}: no page shows it" for name in book.snippets if not book.fences(name)]
        found += catalogue.problems(book.catalogue, book.paths)
    return found + twins.problems(book.pages) + references.problems(book) + glossary.problems(book)


def unreadable(book: Book) -> list[str]:
    """Return a sentence for each snippet that is no Python."""
    found = []
    for name, source in book.snippets.items():
        try:
            compile(source, book.place(name), "exec")
        except SyntaxError as error:
            shown = ", ".join(fence.place for fence in book.fences(name))
            found.append(f"{shown}: {book.place(name)}:{error.lineno}: SyntaxError: {error.msg}")
    return found
