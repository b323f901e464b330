"""The doctests of snippets: found without running a program, and run with it."""

import ast
import doctest
import importlib
import os
import subprocess
import sys

import pytest

from downhill.execution import doctests
from tests.book import ROOT

PROGRAM = """# a comment before the docstring
'''A line.

>>> y
1
'''
import pathlib

y = 1
path = pathlib.Path("ran")
path.write_text(path.read_text() + "again" if path.exists() else "once")


def twice(x):
    '''Return twice x.

    >>> twice(2)
    4
    >>> twice(y)
    3
    >>> path.read_text()
    'once'
    '''
    return 2 * x


class One:
    def two(self):
        '''Return two.

        >>> One().two()
        2
        '''
        return 2
"""
RUN = """import pathlib, sys, pytest
from downhill.execution import doctests
doctests.SNIPPETS = pathlib.Path(sys.argv[1])
sys.exit(pytest.main(["-p", "downhill.execution.doctests", "--doctest-modules", "--import-mode=importlib", *sys.argv[1:]]))
"""


def run(folder, *words) -> str:
    command = [sys.executable, "-c", RUN, str(folder), "-c", "/dev/null", *words]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}  # with it, pytest says all faults twice
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def snippets(tmp_path):
    folder = tmp_path / "snippets"
    folder.mkdir()
    (folder / "faulty_test.py").write_text(PROGRAM)  # pytest takes it for a file of tests, too
    return folder


def test_a_false_example_is_told_with_its_line(snippets):
    said = run(snippets, "-q")
    assert "1 failed, 2 passed" in said
    assert "faulty_test.py:19: DocTestFailure" in said
    assert "Expected:\n    3\nGot:\n    2" in said


def test_a_program_that_ends_in_an_error_is_told(snippets):
    (snippets / "faulty_test.py").write_text(PROGRAM.replace("y = 1\n", "y = 1 / 0\n"))
    said = run(snippets, "-q")
    assert "3 errors" in said
    assert said.count('faulty_test.py", line 9, in <module>\n    y = 1 / 0\n') == 3
    assert len(said.splitlines()) < 40


def test_nothing_runs_that_is_not_selected(snippets):
    (snippets / "faulty_test.py").write_text(PROGRAM.replace("y = 1\n", "y = 1 / 0\n"))
    (snippets / "sound.py").write_text(PROGRAM.replace("    3\n", "    2\n"))
    assert "3 passed, 3 deselected" in run(snippets, "-q", "-k", "sound")


def test_the_examples_are_those_that_doctest_finds(tmp_path, monkeypatch):
    """doctest wants the module; here its text is enough."""
    path = tmp_path / "sound.py"
    path.write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    theirs = [test for test in doctest.DocTestFinder().find(importlib.import_module("sound")) if test.examples]
    ours = doctests.docstrings(ast.parse(path.read_text()), "sound")
    assert {(name, line) for name, _, line in ours} == {(test.name, test.lineno) for test in theirs}
    assert len(theirs) == 3
