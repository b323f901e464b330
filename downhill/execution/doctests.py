"""A pytest plugin: `pytest --doctest-modules snippets` runs a snippet where a reader would, and only if it is asked for.

pytest itself runs a program when it collects its doctests. Here they are read from its text, so that `-k momentum` runs the
programs that it selects and no other; each runs once, in a folder outside the book where the reduced MNIST is at hand.
"""

import ast
import contextlib
import doctest
import functools
import os
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule, _get_checker, _get_continue_on_failure, _get_runner, get_optionflags

from downhill.execution import cache, data, torchvision_ops

os.environ.update(cache.STEADY | {"MPLBACKEND": "agg"})
ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"


@functools.cache
def workplace() -> tempfile.TemporaryDirectory:
    """Return the folder in which snippets run; from now on showing a figure closes it."""
    import matplotlib.pyplot as plt

    plt.show = lambda *_, **__: plt.close("all")
    folder = tempfile.TemporaryDirectory(prefix="downhill-")
    data.furnish(Path(folder.name), data.unpacked(ROOT, ROOT / ".cache"))
    return folder


class Example(pytest.DoctestItem):
    """The examples of one docstring; the program around them runs before the first of them."""

    def setup(self) -> None:
        with contextlib.chdir(workplace().name):
            if "torchvision" in self.parent.source:
                torchvision_ops.ready()
            if self.parent.ended:
                pytest.fail(f"the program itself fails:\n{self.parent.ended}", pytrace=False)
            self.dtest.globs.update(self.parent.obj.__dict__)
        super().setup()

    def runtest(self) -> None:
        with contextlib.chdir(workplace().name):
            super().runtest()


class Snippet(DoctestModule):
    """A file of snippets/, whose docstrings are read without running it."""

    @functools.cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @functools.cached_property
    def ended(self) -> str:
        """Run the program; return how it failed, from its own lines on, or an empty string."""
        try:
            return self.obj and ""
        except (Exception, SystemExit) as error:
            error = error.__cause__ or error  # pytest wraps an ImportError
            lines = traceback.extract_tb(error.__traceback__)
            own = next((i for i, line in enumerate(lines) if line.filename == str(self.path)), 0)
            return "".join(traceback.format_list(lines[own:]) + traceback.format_exception_only(error))

    def collect(self) -> Iterator[Example]:
        keep_on = _get_continue_on_failure(self.config)
        runner = _get_runner(_get_checker(), False, get_optionflags(self.config), keep_on)
        module = ".".join(self.path.relative_to(SNIPPETS.parent).with_suffix("").parts)
        for name, text, line in docstrings(ast.parse(self.source), module):
            test = doctest.DocTestParser().get_doctest(text, {}, name, str(self.path), line)
            if test.examples:
                yield Example.from_parent(self, name=name, runner=runner, dtest=test)


def docstrings(tree: ast.AST, name: str) -> Iterator[tuple[str, str, int]]:
    """Yield (dotted name, text, line counted from 0) of the docstrings of a module, and of what it defines."""
    if text := ast.get_docstring(tree, clean=False):
        yield name, text, tree.body[0].lineno - 1
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from docstrings(node, f"{name}.{node.name}")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    found = yield
    if SNIPPETS not in file_path.parents:
        return found
    return [Snippet.from_parent(parent, path=file_path) for node in found if isinstance(node, DoctestModule)]  # *_test.py too


def pytest_unconfigure() -> None:
    if workplace.cache_info().currsize:
        workplace().cleanup()
        workplace.cache_clear()
