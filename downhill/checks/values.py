"""What only the run can tell: whether each value that pages quote can be had, formulas be read with it, figures be shown."""

import re
from collections.abc import Iterable

from downhill import BookError
from downhill.checks import drawn, formulas
from downhill.execution.shelf import Shelf
from downhill.manuscript import quotes, values
from downhill.manuscript.book import Book, Page


def problems(book: Book, pages: Iterable[Page] | None = None) -> list[str]:
    """Return a sentence for each value that pages (all) quote and that cannot be had or shown, and each figure out of place.

    The snippets must have run.
    """
    shelf = Shelf(book.root)
    pages = pages or (page for pages in book.pages.values() for page in pages.values())
    return [said for page in pages for said in (*_page(page, shelf), *drawn.problems(page, shelf))]


def _page(page: Page, shelf: Shelf) -> list[str]:
    """Return a sentence for each value of a page that cannot be had; or else for each formula that goes wrong with one."""
    found = []

    def write(number: int, match: re.Match, where: str) -> str:
        try:
            return quotes.shown(values.evaluate(match[2], shelf.quoted(match[1])), match, where)
        except BookError as error:
            found.append(f"{page.place}:{number}: the value {match[0]} cannot be had: {error}")
            return ""

    filled = quotes.filled(page.text, write)
    return found or formulas.unconvertible(page.place, filled)
