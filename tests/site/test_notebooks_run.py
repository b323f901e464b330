"""Programs run in notebooks as in the book, one after another in one kernel, and print what the book prints.

What takes longer than 1 s or reads MNIST is left out, but for one program: each cell is the program that the build has run
(test_notebooks.py), and none leaves anything behind that another would notice. Here that is half of the book, in one kernel.
`python -m bench.notebooks`, which the workflow of each week calls, leaves nothing out, and gives each notebook a fresh kernel.
That the Chinese programs are the English ones is tested in snippets/test_shape.py; here they are run for their
labels.
"""

import ast
import builtins
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from nbclient import NotebookClient

from downhill.checks import changing, hanzi, quotes
from downhill.execution import cache, data, runner
from downhill.execution.printed import settled
from downhill.execution.shelf import Shelf
from downhill.manuscript import counts
from downhill.manuscript.book import folder_of
from tests import PATIENCE
from tests.book import BOOK, ROOT

# does nothing but where the packages of torch and torchvision do not fit each other
MENDED = "from downhill.execution import torchvision_ops; torchvision_ops.ready()"


def executed(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a folder, as a reader would who has the digits there; without a network."""
    data.furnish(folder, data.unpacked(ROOT, BOOK.cache))
    own = {"IPYTHONDIR": str(folder / ".ipython"), "JUPYTER_RUNTIME_DIR": str(folder / ".jupyter")}
    environment = {name: os.environ[name] for name in runner.KEPT if name in os.environ} | cache.STEADY | own
    for cell in notebook.cells:
        cell.pop("outputs", None)
        cell.update({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {})
    options = {
        "timeout": 600,
        "startup_timeout": PATIENCE,
        "resources": {"metadata": {"path": str(folder)}},
        "kernel_name": "python3",
    }
    client = NotebookClient(notebook, extra_arguments=[f"--IPKernelApp.exec_lines={MENDED}"], **options)
    return client.execute(env=environment)


def said(cell: nbformat.NotebookNode, stream: str) -> str:
    return "".join(output.text for output in cell.outputs if output.get("name") == stream)


def figures(cell: nbformat.NotebookNode) -> int:
    return sum("image/png" in output.get("data", ()) for output in cell.outputs)


def names(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    return {cell.metadata.tags[0].partition(":")[2]: cell for cell in notebook.cells if "tags" in cell.metadata}


def prints_what_the_book_prints(site: Path, pages: list[str], left: Callable[[str], bool], folder: Path) -> None:
    """Run the notebooks of pages in one kernel, with the programs that are `left`; see that each prints and shows the same."""
    whole, wanted = None, []
    for name in pages:
        place = site / "en" / (folder_of(name) if BOOK.pages["en"][name].lab else "")
        notebook = nbformat.read((place / name).with_suffix(".ipynb"), as_version=4)
        programs = names(notebook)
        out = [cell for program, cell in programs.items() if not left(BOOK.shown[program])]
        notebook.cells = [cell for cell in notebook.cells if cell not in out]
        wanted += [program for program, cell in programs.items() if cell not in out]
        whole = whole or nbformat.from_dict({**notebook, "cells": []})
        whole.cells += notebook.cells
    ran, shelf = names(executed(whole, folder)), Shelf(ROOT)
    assert list(ran) == wanted != []
    for snippet, cell in ran.items():
        result = shelf.result(snippet)
        assert settled(said(cell, "stdout").encode()) == result.printed, snippet
        assert figures(cell) == len(result.figures["en"]), snippet


# what sets a library for all that comes after
LASTING = re.compile(r"\.(set_default_\w+|set_num_\w+|set_grad_enabled|use_deterministic_\w+|seterr\w*|set_printoptions)\b")
FORKED = re.compile(r"target=lambda: .*")  # what another process does ends with it
LONG = 1  # seconds: 129 of 226 programs take less, 26 s together where those below 5 s take 163 s (2026-11-28)
LABORATORY = "lab-parallel.md"
CELLS = [BOOK.shown[name] for name in ("labs/parallel/share", "labs/parallel/worker")]
PAGES = [LABORATORY, *counts.chapters(BOOK)]


class Choice(NamedTuple):
    """The programs that run here, and those that do not: what they draw has to be known. Texts, as cells have them."""

    left: set[str]
    apart: set[str]
    known: set[str]


@pytest.fixture(scope="session")
def choice() -> Choice:
    """By the times that are committed: the choice is the same on every machine."""
    snippets, seconds = BOOK.snippets, cache.times(ROOT)["alone"]
    digits = {source for source in snippets.values() if cache.reads_mnist(source)}
    known = {source for source in snippets.values() if not any(changing.unseeded(ast.parse(source)))}
    apart = digits | known & {snippets[name] for name, alone in seconds.items() if name in snippets and alone > LONG}
    _, quickest = min((seconds.get(name, 0), name) for name, source in snippets.items() if source in digits)
    return Choice(set(snippets.values()) - apart | {snippets[quickest], *CELLS}, apart, known)


@pytest.mark.parametrize("half", [0, 1])
def test_programs_print_in_notebooks_what_the_book_prints(site, choice, half, tmp_path):
    """Of those that read the digits, the quickest has to find them.

    A laboratory writes of its cells what it starts: a kernel keeps the text of cells otherwise than the build does. What that
    file does, the build has run, as all cells.
    """
    prints_what_the_book_prints(site, pages := PAGES[half::2], choice.left.__contains__, tmp_path)
    if LABORATORY in pages:
        functions = [part for cell in CELLS for part in ast.parse(cell).body if isinstance(part, ast.FunctionDef)]
        written = ast.parse((tmp_path / "parallel.py").read_text())
        assert [ast.dump(part) for part in written.body if isinstance(part, ast.FunctionDef)] == list(map(ast.dump, functions))


@pytest.mark.parametrize("name", BOOK.snippets)
def test_no_program_hears_of_those_before_it(choice, name):
    """None takes the name of what Python has, or sets a library for good; what is left out above seeds its random numbers."""
    source = BOOK.snippets[name]
    assert not quotes.assigned(source) & set(dir(builtins))
    assert not LASTING.findall(FORKED.sub("", source))
    assert source in choice.known or source not in choice.apart


def test_chinese_labels_have_glyphs(site, choice, tmp_path):
    """The chapter with most labels, without what is left out above. Without a font matplotlib says at once what it lacks."""
    notebook = nbformat.read(site / "zh" / "momentum.ipynb", as_version=4)
    left = [cell for program, cell in names(notebook).items() if BOOK.snippets.get(program) in choice.left]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and ("tags" not in cell.metadata or cell in left)]
    without = [{"cell_type": "code", "metadata": {}, "source": 'plt.rcParams["font.family"] = ["DejaVu Sans"]'}]
    without += [{**cell, "id": f"again-{cell.id}"} for cell in left[:3]]
    notebook.cells = [*cells, *map(nbformat.from_dict, without)]
    shutil.copy(site / "zh" / hanzi.FONT.name, tmp_path)
    ran = executed(notebook, tmp_path).cells
    for part, drawn, complains in ((ran[: len(cells)], 10, False), (ran[len(cells) :], 2, True)):
        assert sum(map(figures, part)) >= drawn
        assert any("Glyph" in said(cell, "stderr") for cell in part) is complains
