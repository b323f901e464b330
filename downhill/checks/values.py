"""Whether each value that pages quote can be had, once the snippets have run."""

import re
from collections.abc import Iterable

from downhill import BookError
from downhill.execution.shelf import Shelf
from downhill.manuscript import quotes, values
from downhill.manuscript.book import Book, Page


def problems(book: Book, pages: Iterable[Page] | None = None) -> list[str]:
    """Return a sentence for each value that pages (all) quote and that cannot be had, or shown. The snippets must have run."""
    shelf, found = Shelf(book.root), []
    for page in pages or (page for pages in book.pages.values() for page in pages.values()):

        def write(number: int, match: re.Match, where: str, place: str = page.place) -> str:
            try:
                return quotes.shown(values.evaluate(match[2], shelf.quoted(match[1])), match, where)
            except BookError as error:
                found.append(f"{place}:{number}: the value {match[0]} cannot be had: {error}")
                return ""

        quotes.filled(page.text, write)
    return found
