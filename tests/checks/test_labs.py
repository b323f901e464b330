"""A notebook whose cells cannot be told apart, or stand on its page in another order than they run, is refused."""

import jupytext
import pytest

from downhill.manuscript import labs
from tests.book import BOOK
from tests.laboratory import FIRST, SECOND, write_notebook
from tests.small import change

PLACE = "docs/labs/sums.py"
MISTAKES = {
    "above the first cell": ("# %% first", "import os\n\n# %% first", f"{PLACE}:1: a notebook begins with its first cell"),
    "a cell without a name": ("# %% first", "# %%", f"{PLACE}:1: the line that begins a cell is # %% name"),
    "two of one name": ("# %% second", "# %% first", f"{PLACE}:7: the name first has another cell already"),
    "a cell without words": ("# their sum\n", "", f"{PLACE}:8: a cell begins with a comment"),
    "half a statement": ("# %% second\n", "if x:\n    pass\n# %% second\n    x = 1\n", f"{PLACE}:10: a cell holds whole"),
    "what a reader lacks": ("import matplotlib.pyplot as plt", "import downhill", f"{PLACE}:9: imports downhill"),
    "a wide line": ("total = sum(x)", f"total = sum(x){' + 0' * 25}", f"{PLACE}:11: 114 columns"),
    "a cell on no page": ("# %% second", "# %% other\n# their sum\nx = 1\n\n\n# %% second", f"{PLACE}:1: no page shows it"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_refused(mistake, bare, said):
    path = write_notebook(bare)
    old, new, message = MISTAKES[mistake]
    change(path, old, new)
    assert message in said()


def test_a_good_one_is_not(bare, said):
    write_notebook(bare)
    assert said() == ""


def test_cells_stand_in_their_order(bare, said):
    write_notebook(bare)
    for language in ("en", "zh"):
        page = bare / "docs" / language / "index.md"
        change(page, "labs/sums/first.py", "labs/sums/third.py")
        change(page, "labs/sums/second.py", "labs/sums/first.py")
        change(page, "labs/sums/third.py", "labs/sums/second.py")
    assert f"docs/en/index.md:{FIRST}: shows labs/sums/second.py where labs/sums/first.py comes" in said()


def test_a_value_is_that_of_the_end(bare, said):
    path = write_notebook(bare)
    for language in ("en", "zh"):
        change(bare / "docs" / language / "index.md", "{{ labs/sums/second: total:.1f }}", "{{ labs/sums/first: x[0]:.1f }}")
    change(path, "total = sum(x)", "total = x = sum(x)")
    assert "x is another one after the cell second" in said()


def test_a_cell_that_does_not_exist(bare, said):
    write_notebook(bare)
    change(bare / "docs" / "en" / "index.md", "labs/sums/second.py", "labs/sums/secand.py")
    wanted = (
        f"docs/en/index.md:{SECOND}: shows labs/sums/secand.py, but {PLACE} has no such cell; did you mean labs/sums/second"
    )
    assert wanted in said()


@pytest.mark.parametrize("lab", BOOK.labs)
def test_jupytext_reads_the_same_cells(lab):
    read = jupytext.reads(BOOK.labs[lab], "py:percent").cells
    assert [cell.source for cell in read] == [cell.source.strip() for cell in labs.cells(lab, BOOK.labs[lab])]
    assert [cell.metadata["title"] for cell in read] == [
        name.rpartition("/")[2] for name in BOOK.cells if BOOK.cells[name].lab == lab
    ]
