"""The notebooks run from top to bottom, each in a fresh kernel, and print what the book prints.

What trains on MNIST or takes longer than 5 s is left out, but for one program: each cell is the program that the build has run
(test_notebooks.py), and none leaves anything behind that another would notice. `python -m bench.notebooks`, which the workflow
of each week calls, leaves nothing out. That the Chinese programs are the English ones is tested in snippets/test_shape.py; here
they are run for their labels.
"""

import ast
import builtins
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from downhill.checks import hanzi, quotes
from downhill.execution import cache, data, runner
from downhill.execution.printed import settled
from downhill.execution.shelf import Shelf
from downhill.manuscript import counts
from downhill.manuscript.book import folder_of
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
    options = {"timeout": 600, "resources": {"metadata": {"path": str(folder)}}, "kernel_name": "python3"}
    client = NotebookClient(notebook, extra_arguments=[f"--IPKernelApp.exec_lines={MENDED}"], **options)
    return client.execute(env=environment)


def said(cell: nbformat.NotebookNode, stream: str) -> str:
    return "".join(output.text for output in cell.outputs if output.get("name") == stream)


def figures(cell: nbformat.NotebookNode) -> int:
    return sum("image/png" in output.get("data", ()) for output in cell.outputs)


def names(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    return {cell.metadata.tags[0].partition(":")[2]: cell for cell in notebook.cells if "tags" in cell.metadata}


def prints_what_the_book_prints(site: Path, name: str, left: Callable[[str], bool], folder: Path) -> None:
    """Run a page's notebook with the programs that are `left`; see that each prints and shows what it does in the book."""
    place = site / "en" / (folder_of(name) if BOOK.pages["en"][name].lab else "")
    notebook = nbformat.read((place / name).with_suffix(".ipynb"), as_version=4)
    programs = names(notebook)
    out = [cell for program, cell in programs.items() if not left(BOOK.shown[program])]
    notebook.cells = [cell for cell in notebook.cells if cell not in out]
    ran, shelf = names(executed(notebook, folder)), Shelf(ROOT)
    assert len(ran) == len(programs) - len(out) > 0
    for snippet, cell in ran.items():
        result = shelf.result(snippet)
        assert settled(said(cell, "stdout").encode()) == result.printed, snippet
        assert figures(cell) == len(result.figures["en"]), snippet


SECONDS = cache.times(ROOT)["alone"]  # as committed: the choice is the same on every machine
TRAINS = {source for name, source in BOOK.snippets.items() if cache.reads_mnist(source) or SECONDS.get(name, 0) > 5}


@pytest.mark.parametrize("name", counts.chapters(BOOK))
def test_runs_from_top_to_bottom_and_prints_what_the_book_prints(site, name, tmp_path):
    prints_what_the_book_prints(site, name, lambda source: source not in TRAINS, tmp_path)


def test_a_laboratory_prints_what_the_book_prints(site, tmp_path):
    """That which starts processes; of all, the build has run the same cells, in their order and in one namespace."""
    prints_what_the_book_prints(site, "lab-parallel.md", lambda source: True, tmp_path)


def shown(page: str) -> list[str]:
    return [fence.snippet for fence in BOOK.pages["en"][page].fences]


def test_a_program_that_reads_the_digits_finds_them(site, tmp_path):
    """The quickest of all."""
    digits = {name for name, source in BOOK.snippets.items() if cache.reads_mnist(source)}
    quickest = min(digits, key=lambda name: (Shelf(ROOT).result(name).seconds, name))
    page = next(page for page in counts.chapters(BOOK) if quickest in shown(page))
    prints_what_the_book_prints(site, page, lambda source: source == BOOK.snippets[quickest], tmp_path)


# what sets a library for all that comes after
LASTING = re.compile(r"\.(set_default_\w+|set_num_\w+|set_grad_enabled|use_deterministic_\w+|seterr\w*|set_printoptions)\b")
FORKED = re.compile(r"target=lambda: .*")  # what another process does ends with it
DRAWS = re.compile(r"\btorch\.(?:rand|normal|bernoulli|multinomial)|\bnn\.(?:Linear|Conv|Embedding|Dropout)|shuffle=True")
SEEDED = re.compile(r"manual_seed|default_rng")


class Drawing(ast.NodeTransformer):
    """Leaves of a program what may draw random numbers: nothing below `with torch.device("meta")`, where there are none."""

    def visit_With(self, node: ast.With) -> ast.AST:
        meta = any(ast.unparse(item.context_expr) == "torch.device('meta')" for item in node.items)
        return ast.Pass() if meta else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return ast.Pass() if isinstance(node.value, ast.Constant) else node  # a docstring, whose examples no notebook runs


def draws(source: str) -> bool:
    """Return whether a program may draw random numbers."""
    return bool(DRAWS.search(ast.unparse(Drawing().visit(ast.parse(source)))))


META = "with torch.device('meta'):\n    model = nn.Linear(2, 3)\n"


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        (META, False),
        (META + "x = torch.randn(3)", True),
        ("x = torch.empty(3, device=torch.device('meta'))\nmodel = nn.Linear(2, 3)", True),
        ("def count():\n    '>>> count(nn.Linear(2, 3))'\n", False),
        ("with torch.no_grad():\n    model = nn.Linear(2, 3)", True),
        ("with torch.no_grad():\n    with torch.device('meta'):\n        model = nn.Linear(2, 3)", False),
        ("loader = DataLoader(data, shuffle=True)", True),
    ],
)
def test_what_has_no_numbers_needs_no_seed(source, drawn):
    assert draws(source) == drawn


@pytest.mark.parametrize("name", BOOK.snippets)
def test_no_program_hears_of_those_before_it(name):
    """None takes the name of what Python has, or sets a library for good; what is left out above seeds its random numbers."""
    source = BOOK.snippets[name]
    assert not quotes.assigned(source) & set(dir(builtins))
    assert not LASTING.findall(FORKED.sub("", source))
    assert SEEDED.search(source) or not draws(source) or source not in TRAINS


@pytest.mark.parametrize("font", [True, False], ids=["with its font", "without any"])
def test_chinese_labels_have_glyphs(site, font, tmp_path):
    """The chapter with most labels; what trains on MNIST is left out. Without a font matplotlib says at once what it lacks."""
    notebook = nbformat.read(site / "zh" / "momentum.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code" and not cache.reads_mnist(cell.source)]
    if font:
        shutil.copy(site / "zh" / hanzi.FONT.name, tmp_path)
    else:
        notebook.cells = [cell for cell in notebook.cells if "addfont" not in cell.source][:4]
    ran = names(executed(notebook, tmp_path))
    assert sum(figures(cell) for cell in ran.values()) >= (10 if font else 2)
    complaints = [said(cell, "stderr") for cell in ran.values()]
    assert any("Glyph" in complaint for complaint in complaints) is not font
