"""The entries of the list of changes: each heading says its day, and the newest comes first."""

from datetime import date

from downhill.checks.blocks import blocks
from downhill.manuscript.book import Book
from downhill.manuscript.changes import ENTRY, PAGE

EXAMPLE = "“## 2026-11-27: what changed {#id}”"


def problems(book: Book) -> list[str]:
    """Return a sentence for each entry whose heading has no day, or that stands below an older one."""
    found = []
    for page in (pages[PAGE] for pages in book.pages.values() if PAGE in pages):
        last, entries = None, [b for b in blocks(page.text) if b.kind == "heading" and b.line.text.startswith("## ")]
        if not entries:
            found.append(f"{page.place}:1: has no entry; write {EXAMPLE} above the first change")
        for entry in entries:
            place, day = f"{page.place}:{entry.line.number}", _day(entry.words)
            if not day:
                found.append(f"{place}: an entry is headed by its day, {EXAMPLE}; feeds are sorted by it")
            elif last and day > last:
                found.append(f"{place}: {day} stands below {last}; the newest change comes first")
            last = day or last
    return found


def _day(words: str) -> date | None:
    """Return the day that a heading says."""
    try:
        return date.fromisoformat(match["day"]) if (match := ENTRY.fullmatch(words)) else None
    except ValueError:
        return None
