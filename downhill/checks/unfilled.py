"""What `downhill new` has left to be filled in: it stands in «…»."""

import re

from downhill.manuscript import files
from downhill.manuscript.book import Book

LEFT = re.compile(r"«[^«»]*»")


def problems(book: Book) -> list[str]:
    """Return a sentence for each place on a page, in a snippet, or in the catalogue that is to be filled in."""
    texts = {page.place: page.text for pages in book.pages.values() for page in pages.values()} | book.paths
    found = [
        f"{place}:{number}: fill in {match[0]}"
        for place, text in texts.items()
        for number, line in enumerate(text.split("\n"), 1)
        for match in LEFT.finditer(line)
    ]
    return found + list(_words(book))


def _words(book: Book):
    """Yield a sentence for each entry of the catalogue whose English is filled in, but not its Chinese."""
    place, english = book.catalogue.relative_to(book.root).as_posix(), ""
    for number, line in enumerate(files.text(book.catalogue).split("\n") if book.catalogue.exists() else (), 1):
        english = line if line.startswith("msgid") else english
        if line.startswith("msgstr") and "«" not in english:
            yield from (f"{place}:{number}: fill in {match[0]}" for match in LEFT.finditer(line))
