"""Whether each value that pages quote can be had, once the snippets have run."""

from collections.abc import Iterable

from downhill import BookError
from downhill.execution.shelf import Shelf
from downhill.manuscript import values
from downhill.manuscript.book import Book, Page


def problems(book: Book, pages: Iterable[Page] | None = None) -> list[str]:
    """Return a sentence for each value that pages (all) quote and that cannot be had. The snippets must have run."""
    shelf, tried = Shelf(book.root), {}
    found = []
    for page in pages or (page for pages in book.pages.values() for page in pages.values()):
        for place, stem, expression in page.quotes():
            if (stem, expression) not in tried:  # its twin quotes the same
                tried[stem, expression] = _trouble(shelf, stem, expression)
            if reason := tried[stem, expression]:
                found.append(f"{place}: the value {{{{ {stem}: {expression} }}}} cannot be had: {reason}")
    return found


def _trouble(shelf: Shelf, stem: str, expression: str) -> str:
    """Return why a value cannot be had, or nothing."""
    try:
        values.evaluate(expression, shelf.quoted(stem))
    except Exception as error:  # any expression can fail in any way
        return str(error) if isinstance(error, BookError) else f"{type(error).__name__}: {error}"
    return ""
