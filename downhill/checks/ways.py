"""Chapters of which the first page does not say what they use, or to which none of its questions leads."""

from collections import Counter

from downhill.manuscript import counts, ways
from downhill.manuscript.book import Book, Page


def problems(book: Book) -> list[str]:
    """Return a sentence for each row of the table of what chapters use that is not right, and for each chapter left out."""
    pages = [there[counts.FIRST] for there in book.pages.values() if counts.FIRST in there]
    return [
        f"{page.place}:{number}: {said}"
        for page in pages
        for number, said in [*_rows(book, page), *_left_out(book, page, ways.USES), *_left_out(book, page, ways.QUESTIONS)]
    ]


def _rows(book: Book, page: Page):
    """Yield (line number, sentence) of rows that do not say what a chapter uses."""
    seen = Counter()
    for number, cells in ways.rows(page, ways.USES):
        chapter = ways.leads(cells[0])
        if len(cells) != 2 or len(chapter) != 1 or not ways.leads(cells[1]):
            yield number, f"a row of {ways.USES} is | [Chapter](page.md) | [what it uses](other.md#section) |"
            continue
        (name,) = chapter
        seen[name] += 1
        if seen[name] > 1:
            yield number, f"{name} has a row already"


def _left_out(book: Book, page: Page, table: str):
    """Yield (line number, sentence) of chapters to which a table, if there is one, does not lead."""
    found = ways.rows(page, table)
    led = {name for _, cells in found for name in ways.leads(cells[0 if table == ways.USES else -1])}
    for name in counts.chapters(book, page.language) if found else []:
        if name not in (page.name, *led):
            what = "what it uses" if table == ways.USES else "a question that it answers"
            yield found[-1][0], f"{name} has no row in {table}; write {what}"
