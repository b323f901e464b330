"""Exercises without a difficulty or a hint."""

import itertools

from downhill.checks.blocks import Block, blocks
from downhill.manuscript import counts, forms
from downhill.manuscript.book import Book

WORDLESS = "below its heading stands how hard it is, from 1 to 3: [[difficulty: 1]]"


def problems(book: Book) -> list[str]:
    """Return a sentence for each exercise that does not say how hard it is, or has no hint."""
    found = []
    for page in (page for pages in book.pages.values() for page in pages.values()):
        for heading, inner in exercises(page.text):
            place = f"{page.place}:{heading.line.number}: the exercise"
            if not (inner and forms.DIFFICULTY.match(inner[0].line.text)):
                found.append(f"{place} has no difficulty; {WORDLESS}")
            if not any(block.kind == "fold" and block.match["kind"] == "hint" for block in inner):
                word = forms.WORDS["hint"][page.language]
                found.append(f'{place} has no hint; write ??? hint "{word}" before its solution: one step, not the answer')
    return found


def exercises(text: str) -> list[tuple[Block, list[Block]]]:
    """Return the headings of a page's exercises, each with the blocks below it."""
    found, rest = [], blocks(text)
    for at, block in enumerate(rest, 1):
        if block.kind == "heading" and counts.EXERCISE.match(block.line.text):
            found.append((block, list(itertools.takewhile(lambda other: other.kind != "heading", rest[at:]))))
    return found
