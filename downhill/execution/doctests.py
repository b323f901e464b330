"""A pytest plugin: `pytest --doctest-modules snippets` tells whether the examples of each program held where the build ran it.

pytest itself runs a program when it collects its doctests. Here they are read from its text, so that `-k momentum` runs the
programs that it selects and no other: all together, before the first of them is told, and only what the cache does not have.
What the site wants, if a test looks at it, runs with them: the longest first, and no core waits for the notebooks at the end.
"""

import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

from downhill import BookError
from downhill.execution import cache, examples, runner
from downhill.manuscript.book import Book

os.environ.update(cache.STEADY | {"MPLBACKEND": "agg"})  # what tests compute themselves, they compute as programs do
sys.dont_write_bytecode = False  # what pytest makes of the tests is kept for the next run, though programs keep nothing
ROOT = Path(__file__).parents[2]


@functools.cache
def wanted(session: pytest.Session) -> frozenset[str]:
    """Return the programs that a run of tests wants: those whose examples it tells; where it looks at the site, all."""
    if any("site" in getattr(item, "fixturenames", ()) for item in session.items):
        return frozenset(Book(ROOT).programs)
    return frozenset(item.parent.program for item in session.items if isinstance(item, Example))


@functools.cache
def outcomes(names: frozenset[str]) -> tuple[dict[str, cache.Result], list[str]]:
    """Run what of some programs is not in the cache; return the results, and a sentence for each program that fails."""
    book = Book(ROOT)
    with cache.alone(book):
        try:
            return runner.run(book, names), []
        except BookError as error:
            kept = cache.Cache(book)
            return {name: result for name in names if (result := kept.result(name))}, str(error).split("\n")


class Example(pytest.Item):
    """The examples of one docstring."""

    def __init__(self, line: int, **given):
        super().__init__(**given)
        self.line = line

    def runtest(self) -> None:
        results, failures = outcomes(wanted(self.session))
        if result := results.get(self.parent.program):
            wrong = result.examples[self.name]
        else:
            wrong = "\n".join(line for line in failures if self.parent.place in line) or "\n".join(failures)
        if wrong:
            pytest.fail(wrong, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line, self.name


class Snippet(pytest.File):
    """A file of snippets/, whose docstrings are read without running it."""

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def program(self) -> str:
        return self.path.relative_to(ROOT / "snippets").with_suffix("").as_posix()

    def collect(self) -> Iterator[Example]:
        for test in examples.found(self.path.read_text(encoding="utf-8"), self.place, {}):
            yield Example.from_parent(self, name=test.name, line=test.lineno)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    found = yield
    if ROOT / "snippets" not in file_path.parents:
        return found
    return [Snippet.from_parent(parent, path=file_path) for node in found if isinstance(node, DoctestModule)]  # *_test.py too
