"""The doctests of snippets: found without running a program, and told as they ended where it ran."""

import ast
import doctest
import importlib
import os
import subprocess
import sys

from downhill.execution import examples
from tests.book import ROOT
from tests.small import change, snippet

PROGRAM = """# a comment before the docstring
'''A line.

>>> y
1
'''
import pathlib

import matplotlib.pyplot as plt

y = 1
path = pathlib.Path("ran")
path.write_text(path.read_text() + "again" if path.exists() else "once")


def twice(x):
    '''Return twice x.

    >>> twice(2)
    4
    >>> twice(y)
    3
    >>> path.read_text(), plt.plot([1]) and plt.show()
    ('once', None)
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
doctests.ROOT = pathlib.Path(sys.argv[1])
options = ["-p", "downhill.execution.doctests", "--doctest-modules", "--import-mode=importlib", "-c", "/dev/null", "-q"]
sys.exit(pytest.main([f"{sys.argv[1]}/snippets", *options, *sys.argv[2:]]))
"""


def run(root, *words) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "CI"}  # with it, pytest says all faults twice
    command = [sys.executable, "-c", RUN, str(root), *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


def sound(root) -> None:
    """Add a program whose examples all hold."""
    (root / "snippets" / "chapter" / "sound_test.py").write_text(PROGRAM.replace("    3\n", "    2\n"))  # pytest takes it, too


def kept(root) -> set[str]:
    return {path.name for path in (root / ".cache" / "runs").iterdir()}


def test_a_false_example_is_told_with_its_line(bare):
    snippet(bare).write_text(PROGRAM)
    said = run(bare)
    assert "1 failed, 2 passed" in said
    assert 'File "snippets/chapter/line.py", line 21, in snippets.chapter.line.twice\n' in said
    assert "Expected:\n    3\nGot:\n    2" in said


def test_a_program_that_ends_in_an_error_is_told(bare):
    snippet(bare).write_text(PROGRAM.replace("y = 1\n", "y = 1 / 0\n"))
    sound(bare)
    said = run(bare)
    assert "3 failed, 3 passed" in said
    assert said.count("\ndocs/zh/index.md:9, docs/en/index.md:9: snippets/chapter/line.py:11: ZeroDivisionError") == 3
    assert len(said.splitlines()) < 40


def test_a_program_that_warns_is_told(bare):
    snippet(bare).write_text(PROGRAM.replace("y = 1\n", "y = 1\nimport numpy\nnumpy.float32(1e38) * 10\n"))
    said = run(bare)
    assert "3 failed" in said
    assert said.count("snippets/chapter/line.py:13: RuntimeWarning: overflow") == 3 + 1, "for each, and on the terminal"
    snippet(bare).write_text(PROGRAM)
    change(snippet(bare), "    >>> twice(2)", "    >>> import numpy; numpy.float32(1e38) * 10\n    inf\n    >>> twice(2)")
    assert "RuntimeWarning: overflow" in run(bare)


def test_nothing_runs_that_is_not_selected_and_nothing_twice(bare):
    snippet(bare).write_text(PROGRAM)
    sound(bare)
    assert "3 passed, 3 deselected" in run(bare, "-k", "sound")
    assert len(ran := kept(bare)) == 3 and all(name.startswith("chapter.sound_test-") for name in ran)
    for path in (bare / ".cache" / "runs").glob("*.figures"):
        path.unlink()  # they are not asked for
    assert "3 passed, 3 deselected" in run(bare, "-k", "sound")
    assert len(kept(bare)) == 2


SITE = """import pytest

@pytest.fixture
def site():
    pass

def test_it(site):
    pass
"""


def test_where_a_test_looks_at_the_site_all_that_it_wants_runs_at_once(bare):
    sound(bare)
    (bare / "test_site.py").write_text(SITE)
    assert "4 passed" in run(bare, f"{bare}/test_site.py")
    assert len([name for name in kept(bare) if name.startswith("chapter.line-")]) == 3


def test_the_examples_are_those_that_doctest_finds(tmp_path, monkeypatch):
    """doctest wants the module; here its text is enough."""
    path = tmp_path / "sound.py"
    path.write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    theirs = [test for test in doctest.DocTestFinder().find(importlib.import_module("sound")) if test.examples]
    ours = examples.docstrings(ast.parse(path.read_text()), "sound")
    assert {(name, line) for name, _, line in ours} == {(test.name, test.lineno) for test in theirs}
    assert len(theirs) == 3
