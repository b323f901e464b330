"""The book's pages as any tool can show them: headings, prose, tables, formulas, code, and the places of the snippets.

What only the book's own extensions know (captions, folded solutions, references, citations, quoted values, links inside
the book) becomes plain text, so that every peer renders a little less than Downhill does.
"""

import re
from pathlib import Path
from typing import NamedTuple

SNIPPET = re.compile(r'^ *```python exec="on".*\n *--8<-- "([\w/]+)\.py"\n *```$', re.M)
INSTEAD = (
    (re.compile(r"^/// .*\n(?:    alt: .*\n)?|^///$\n?", re.M), ""),  # around captions
    (re.compile(r'^(?:\?\?\?\+?|!!!) \w+(?: [\w-]+)? "(.*)"$', re.M), r"**\1**"),  # solutions and notes, unfolded
    (re.compile(r"^ {4}", re.M), ""),
    (re.compile(r"\{\{.*?\}\}"), "…"),  # quoted values
    (re.compile(r" *\{#[\w-]+\}$", re.M), ""),  # ids of headings
    (re.compile(r"\\label\{[\w-]+\}\n?"), ""),
    (re.compile(r"^\[\[\w+\]\]$\n?", re.M), ""),  # lists of sources
    (re.compile(r"\[@([\w-]+)[^\]]*\]|\[\]\(#([\w-]+)\)"), r"(\1\2)"),
    (re.compile(r"\[([^\]]*)\]\((?!https?://)[^)]*\)"), r"\1"),
)


class Piece(NamedTuple):
    """A part of a page: Markdown, or a place where a snippet is shown and run, with its name."""

    is_snippet: bool
    text: str


def pieces(text: str, chosen: set[str]) -> list[Piece]:
    """Return a page of the book in pieces, in their order; snippets that were not chosen are left out."""
    parts = SNIPPET.split(text)
    if "--8<--" in "".join(parts[::2]):
        raise ValueError("a fence of the book is not understood; has its form changed?")
    found = []
    for index, part in enumerate(parts):
        if index % 2:
            found += [Piece(True, part)] if part in chosen else []
            continue
        for pattern, instead in INSTEAD:
            part = pattern.sub(instead, part)
        found += [Piece(False, part.strip())] if part.strip() else []
    return found


def read(folder: Path, chosen: set[str]) -> dict[str, list[Piece]]:
    """Return the pages of one language, as `{stem: pieces}`."""
    return {path.stem: pieces(path.read_text(encoding="utf-8"), chosen) for path in sorted(folder.glob("*.md"))}
