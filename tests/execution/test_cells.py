"""A notebook runs as one job, cell by cell in one namespace; it is kept as one, and what goes wrong is said with its cell."""

import pytest

from downhill.execution import record, report, runner
from downhill.execution.shelf import Shelf, write_index
from downhill.manuscript.book import Book
from tests.laboratory import FIRST, SECOND, write_notebook
from tests.small import change, fails, snippet

pytestmark = pytest.mark.usefixtures("kept_worker")


@pytest.fixture
def notebook(small):
    return write_notebook(small)


def ran(small) -> list[tuple[str, str]]:
    """Run what changed; return what was done with what."""
    said = report.Report(lambda text: None)
    runner.run(Book(small), say=said)
    return [(row["name"], row["state"]) for row in said.rows if row["state"] != "cached"]


def test_each_cell_has_what_it_left(small, notebook):
    book = Book(small)
    results = runner.run(book)
    write_index(book)
    first, second = (Shelf(small).result(f"labs/sums/{cell}") for cell in ("first", "second"))
    assert (first.printed, second.printed) == ("1.0\n", "3.0\n")
    assert [len(drawn) for cell in (first, second) for drawn in cell.figures.values()] == [0, 0, 1, 1]
    assert first.values["total"] == second.values["total"] == 3.0  # the variables are those of the end
    assert [Shelf(small).begun(f"labs/sums/{cell}") for cell in ("first", "second")] == ["labs/sums", ""]
    taken = record.all_taken(book, results)
    assert taken["labs/sums/first"] == {"printed 1": "1.0"}
    assert taken["labs/sums/second"]["{{ total:.1f }}"] == "3.0"
    assert "labs/sums" not in taken


def test_a_notebook_is_kept_whole(small, notebook):
    assert sorted(ran(small)) == [("chapter/line", "run"), ("labs/sums", "run")]
    assert ran(small) == []
    change(notebook, "total = sum(x)", "total = 2 * sum(x)")
    assert ran(small) == [("labs/sums", "run")]
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    assert ran(small) == [("chapter/line", "run")]
    change(notebook, "total = 2 * sum(x)", "total = sum(x)")
    assert ran(small) == []


FAULTS = {
    "raises": ("total = sum(x)", "total = 1 / 0", f"{SECOND}: docs/labs/sums.py:11: cell second: ZeroDivisionError"),
    "raises in a function": (
        "print(x[0])",
        "(lambda: 1 / 0)()",
        f"{FIRST}: docs/labs/sums.py:4: cell first: ZeroDivisionError",
    ),
    "leaves": ("print(x[0])", "import os; os._exit(3)", f"{FIRST}: docs/labs/sums.py:2: cell first: ended its process"),
    "does not show its figure": (
        "plt.show()",
        "plt.show()\nplt.plot(x)",
        "docs/labs/sums.py:8: cell second: draws a figure that it does",
    ),
    "reads a file": (
        "total = sum(x)",
        "total = open('/'.join(['', 'etc', 'passwd']))",
        "docs/labs/sums.py:11: cell second: reads /etc/passwd",
    ),
    "is no Python": ("total = sum(x)", "total = = 1", f"{SECOND}: docs/labs/sums.py:11: SyntaxError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_cell_that(fault, small, notebook):
    old, new, message = FAULTS[fault]
    change(notebook, old, new)
    assert message in fails(small)


def test_a_notebook_has_a_time_limit_of_its_own(small, notebook, monkeypatch):
    change(notebook, "print(x[0])", "while True:\n    pass")
    for limit in (1, 4, 16, 64):  # the cell has to have begun
        monkeypatch.setattr(runner, "NOTEBOOK", limit)
        if "cell first" in (said := fails(small)):
            break
    where = f"docs/en/index.md:{FIRST}: docs/labs/sums.py:2: cell first"
    assert f"{where}: still running after {limit} s, the time limit" in said
