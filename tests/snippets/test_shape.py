"""Each snippet has the shape that writing.md asks for; `pytest --doctest-modules` runs the very same files."""

import ast
import doctest
import io
import sys
import tokenize

import pytest

from downhill.manuscript import localize
from downhill.manuscript.book import Book
from tests.book import ROOT

BOOK = Book(ROOT)
ALLOWED = {*sys.stdlib_module_names, "numpy", "matplotlib", "torch", "torchvision"}


@pytest.fixture(params=BOOK.snippets)
def source(request) -> str:
    return BOOK.snippets[request.param]


def test_is_short(source):
    assert len(source.splitlines()) <= 45
    assert max(map(len, source.splitlines())) <= 88


def test_begins_with_one_line_and_ends_in_a_result(source):
    tree = ast.parse(source)
    first = ast.get_docstring(tree)
    assert first and "\n" not in first
    assert ast.unparse(tree.body[-1]) == "plt.show()" or ast.unparse(tree.body[-1]).startswith(("print(", "for "))
    assert ("plt.show()" in source) or "print(" in source


def test_imports_what_a_reader_has(source):
    tree = ast.parse(source)
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= ALLOWED


def test_knows_nothing_of_the_build(source):
    for mark in ("__name__", "noqa", "--8<--", "downhill", "rcParams", "plt.style", "environ", "MPLBACKEND"):
        assert mark not in source
    comments = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT]
    assert len(comments) <= 3


def test_states_its_lesson(source):
    assert doctest.DocTestParser().get_examples(source), "no doctest"


def test_is_the_same_program_in_chinese(source):
    chinese = localize.localize(source, BOOK.translations["zh"])
    assert chinese != source
    assert localize.program(chinese) == localize.program(source)


def test_stems_are_unique():
    stems = [name.split("/")[-1] for name in BOOK.snippets]
    assert len(stems) == len(set(stems))
