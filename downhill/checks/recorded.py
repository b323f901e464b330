"""Quotes of frozen numbers that data/record does not hold: they need no run, so nobody has to wait to hear of them."""

from downhill.execution import record
from downhill.manuscript import values
from downhill.manuscript.book import Book


def problems(book: Book) -> list[str]:
    """Return a sentence for each quote of data/full or data/experiments without a recorded value. Raises BookError."""
    known = {name: entries for name, (entries, _, _) in record.recorded(book).items()}
    quoted = [quote for pages in book.pages.values() for page in pages.values() for quote in page.quotes()]
    return [
        f"{place}: the value {{{{ {stem}: {expression} }}}} has no entry in {record.FOLDER}; run `{record.AGAIN} {stem}`"
        for place, stem, expression in quoted
        if values.is_frozen(stem)
        and (book.root / "data" / f"{stem}.json").exists()
        and f"{{{{ {expression} }}}}" not in known.get(stem, {})
    ]
