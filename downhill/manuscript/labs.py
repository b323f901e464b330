"""The laboratory: notebooks in docs/labs/, jupytext percent files of which a page shows one cell after the other.

A notebook is one program, and its cells share their variables. The prose between them stands on its two pages.
"""

import re
from dataclasses import dataclass

FOLDER = "labs"  # below docs/, and what the names of notebooks and cells begin with: no name of a chapter
TAKEN = "docs/labs holds the notebooks; name the chapter otherwise"
MARK = re.compile(r"^# %%.*$", re.MULTILINE)
NAMED = re.compile(r"# %% ([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook: its name in the book, the notebook's, its source, and the number of the line above it."""

    name: str
    lab: str
    source: str
    above: int


def cells(lab: str, source: str) -> list[Cell]:
    """Return the cells of a notebook, in their order.

    >>> [(cell.name, cell.source, cell.above) for cell in cells("labs/a", "# %% one\\nx = 1\\n\\n\\n# %% two\\nx\\n")]
    [('labs/a/one', 'x = 1\\n', 1), ('labs/a/two', 'x\\n', 5)]
    """
    marks = list(MARK.finditer(source))
    found = []
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(source)], strict=True):
        named = NAMED.fullmatch(mark[0])
        inner = source[mark.end() + 1 : end].rstrip() + "\n"
        found.append(Cell(f"{lab}/{named[1] if named else ''}", lab, inner, source.count("\n", 0, mark.start()) + 1))
    return found
