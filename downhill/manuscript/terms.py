"""The book's terms: the glossary's pages are their list; everything else that knows terms reads them.

A line `learning rate · 学习率 {#learning-rate}` and its definition below make an entry; forms of one term are separated by
a comma (in Chinese 、).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from downhill.manuscript import files

NAME = "glossary.md"
ENTRY = re.compile(r"^(?P<own>\S.*?) · (?P<other>\S.*?) \{#(?P<id>[\w-]+)\}$")


@dataclass(frozen=True)
class Term:
    """One entry: its id, its forms in the page's language and in the other one, the first of them the usual one."""

    id: str
    own: tuple[str, ...]
    other: tuple[str, ...]
    line: int
    defined: bool

    def answer(self, form: int) -> str:
        """Return what the other language says for a form: its own counterpart, or the usual form where there is none."""
        return self.other[form if len(self.own) == len(self.other) else 0]


def terms(text: str) -> list[Term]:
    """Return the entries of a glossary page.

    >>> [term] = terms("步长、步幅 · step size {#step-size}\\n:   学习率。")
    >>> term.own, term.other
    (('步长', '步幅'), ('step size',))
    """
    lines, found = text.splitlines(), []
    for number, line in enumerate(lines, 1):
        if match := ENTRY.match(line):
            own, other = (tuple(re.split(r"、|, ", match[side])) for side in ("own", "other"))
            below = lines[number] if number < len(lines) else ""
            found.append(Term(match["id"], own, other, number, below.startswith(":   ")))
    return found


def load(root: Path, language: str) -> list[Term]:
    """Return the terms as the pages of a language need them; none where there is no glossary."""
    path = root / "docs" / language / NAME
    return terms(files.text(path)) if path.exists() else []
