"""Everything that can be wrong with the book before it is built: a module a kind, a sentence a fault."""

import re

from downhill import BookError
from downhill.checks import (
    anchors,
    blocks,
    captions,
    catalogue,
    changes,
    exercises,
    explorables,
    fences,
    figures,
    forms,
    formulas,
    front,
    glossary,
    hanzi,
    ideas,
    inline,
    labs,
    memory,
    navigation,
    quotes,
    recorded,
    references,
    rounding,
    seconds,
    shown,
    snippets,
    sources,
    style,
    texts,
    twins,
    typography,
    unfilled,
    ways,
    wording,
    words,
)
from downhill.manuscript import localize
from downhill.manuscript.book import Book

WHOLE = (
    texts,
    style,
    navigation,
    changes,
    anchors,
    quotes,
    references,
    sources,
    glossary,
    catalogue,
    figures,
    labs,
    explorables,
    front,
    ways,
    seconds,
    rounding,
)  # what looks at the whole book
RULES = (snippets, ideas, exercises, words, hanzi, wording, typography, unfilled, recorded)  # a draft may break them


def problems(book: Book) -> list[str]:
    """Return a sentence for everything wrong with the book that can be seen without running it, in the order of its files."""
    with memory.kept(book.cache):
        return ordered(_found(book))


def _found(book: Book) -> list[str]:
    found = unreadable(book)
    for page in (page for pages in book.pages.values() for page in pages.values()):
        said = [each for check in (blocks, inline, formulas) for each in check.problems(page.place, page.text)]
        said += [each for check in (fences, captions, forms) for each in check.problems(book, page)]
        found += said or shown.problems(page.place, page.text)
    found += identical(book)
    found += [f"{book.place(name)}:1: no page shows it" for name in book.shown if not book.fences(name)]
    return [*found, *(said for check in WHOLE for said in _said(check, book)), *twins.problems(book.pages)]


def rules(book: Book) -> list[str]:
    """Return a sentence for each rule of writing that the book breaks, in the order of its files."""
    with memory.kept(book.cache, "rules.json"):
        return ordered([said for check in RULES for said in _said(check, book)])


def _said(check, book: Book) -> list[str]:
    """Return what a check says; a file that it cannot read is a problem too."""
    try:
        return check.problems(book)
    except BookError as error:
        return str(error).split("\n")


def ordered(problems: list[str]) -> list[str]:
    """Return sentences that begin with file:line in the order of files and lines, each once."""

    def place(said: str) -> tuple[str, int]:
        match = re.match(r"([^:]+):(\d+)", said)
        return (match[1], int(match[2])) if match else (said.partition(":")[0], 0)

    return sorted(dict.fromkeys(problems), key=place)


def identical(book: Book) -> list[str]:
    """Return a sentence for each snippet or cell that is another one word for word: a page could not tell which it shows."""
    first: dict[str, str] = {}
    return [
        f"{book.place(name)}:1: is the same as {book.place(other)}; show that one"
        for name, source in book.shown.items()
        if (other := first.setdefault(source.strip(), name)) != name
    ]


def unreadable(book: Book) -> list[str]:
    """Return a sentence for each program that is no Python."""
    found = []
    for name, source in book.programs.items():
        if fault := localize.fault(source):
            cell = book.cell_at(name, fault[0])
            places = ", ".join(fence.place for fence in book.fences(cell.name if cell else name))
            found.append(f"{places}{': ' if places else ''}{book.place(name)}:{fault[0]}: {fault[1]}")
    return found
