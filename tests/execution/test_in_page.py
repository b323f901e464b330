"""A program as a page runs it, in a process without a page: what it prints, draws, and stumbles over."""

import json
import subprocess
import sys

import pytest

from tests.book import ROOT

HARNESS = """
import json, sys
from downhill.execution import in_page
in_page.prepare("matplotlibrc")
print(json.dumps([json.loads(in_page.run(source, "name")) for source in json.load(sys.stdin)]))
"""
DRAW = "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots({})\nax.{}\nplt.show()\n"
PROGRAMS = {
    "printed": "print('10 %', end='\\r')\nprint(1 / 4)",
    "wrong": "def f(x):\n    return x.missing\n\n\nf(1)\n",
    "no program": "x = (\n",
    "ends": "print(1)\nraise SystemExit\n",
    "colours": DRAW.format("figsize=(9, 2)", 'plot([1, 2], "C0", label="a word and $x$", color="tomato")'),
    "raster": DRAW.format("", "imshow([[1, 2]])"),
    "twice": DRAW.format("", "plot([1])") * 2,
    "endless": "while True:\n    print('x' * 1000)\n",
    "style": "import matplotlib\n\nprint(matplotlib.rcParams['lines.linewidth'])\nmatplotlib.rcParams['lines.linewidth'] = 9\n",
    "style again": "import matplotlib\n\nprint(matplotlib.rcParams['lines.linewidth'])\n",
}


@pytest.fixture(scope="module")
def left() -> dict[str, dict]:
    """What each program left."""
    command = [sys.executable, "-c", HARNESS]
    done = subprocess.run(
        command, input=json.dumps(list(PROGRAMS.values())), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(zip(PROGRAMS, json.loads(done.stdout), strict=True))


def test_a_program_prints_as_a_terminal_shows_it_and_may_end_early(left):
    assert left["printed"]["printed"] == "0.25\n"
    assert (left["ends"]["printed"], left["ends"]["error"]) == ("1\n", "")


def test_an_error_has_the_line_of_the_reader_and_nothing_of_the_book(left):
    assert left["wrong"]["line"] == 2
    error = left["wrong"]["error"]
    assert error.endswith("AttributeError: 'int' object has no attribute 'missing'") and "return x.missing" in error
    assert "in_page" not in error and error.count('File "program.py"') == 2
    assert left["no program"]["line"] == 1 and "SyntaxError" in left["no program"]["error"]


def test_a_figure_of_a_reader_may_have_what_the_books_may_not(left):
    assert left["colours"]["error"] == "" and "#ff6347" in left["colours"]["figures"][0]
    assert len(left["twice"]["figures"]) == 2 and left["twice"]["figures"][0].count("id=") >= 1
    assert left["raster"]["line"] == 4 and left["raster"]["error"].startswith("the figure holds a raster image")


def test_what_prints_for_ever_is_stopped_and_nothing_is_left_for_the_next_program(left):
    assert left["endless"]["error"].endswith("prints more than 100,000 characters")
    assert left["style"]["printed"] == left["style again"]["printed"]
