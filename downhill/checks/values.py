"""What only the run can tell: whether each value that pages quote can be had, formulas be read with it, figures be shown."""

import functools
import re
from collections.abc import Iterable

from downhill import BookError
from downhill.checks import drawn, formulas, memory
from downhill.execution.shelf import Shelf
from downhill.manuscript import quotes, values
from downhill.manuscript.book import Book, Page

FILE = "values.json"


def problems(book: Book, pages: Iterable[Page] | None = None) -> list[str]:
    """Return a sentence for each value that pages (all) quote and that cannot be had or shown, and each figure out of place.

    The snippets must have run.
    """
    shelf = Shelf(book.root)
    if pages is not None:
        return _found(pages, shelf)
    with memory.kept(book.cache, FILE):
        return _found((page for pages in book.pages.values() for page in pages.values()), shelf)


def _found(pages: Iterable[Page], shelf: Shelf) -> list[str]:
    return [said for page in pages for said in memory.once(_decides(page, shelf), functools.partial(_look, page, shelf))]


def _decides(page: Page, shelf: Shelf) -> list:
    """Return all that decides which values of a page can be had, and where it shows figures."""
    stems = sorted({stem for _, stem, _ in page.quotes()})
    shown = [shelf.runs.get(fence.snippet) for fence in page.fences]
    return [__name__, page.place, page.text, shown, [[stem, shelf.state(stem)] for stem in stems]]


def _look(page: Page, shelf: Shelf) -> list[str]:
    return [*_page(page, shelf), *drawn.problems(page, shelf)]


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
