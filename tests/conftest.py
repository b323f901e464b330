"""Fixtures: the book, the site built from it, and a small book that can be broken."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from downhill.manuscript.book import Book
from downhill.site import build, zensical
from downhill.site.chromium import Missing, chromium
from tests.book import ROOT
from tests.chromium import ready
from tests.small import write_bare, write_small


@pytest.fixture
def bare(tmp_path) -> Path:
    """The root of a small book that can be checked, and not built."""
    return write_bare(tmp_path / "book")


@pytest.fixture
def small(tmp_path) -> Path:
    """The root of a book of one page and one snippet, with the real theme and configuration."""
    return write_small(tmp_path / "book")


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(ROOT)


def once(folders: pytest.TempPathFactory, name: str, make) -> None:
    """Make something that the workers of a run share, in the first of them that wants it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        make()
        return
    made = folders.getbasetemp().parent / name  # the workers' folders lie beside each other
    with FileLock(f"{made}.lock"):
        if not made.exists():
            make()
            made.touch()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The site, built as `make build` builds it."""
    once(tmp_path_factory, "site", lambda: build.build(ROOT))
    return ROOT / "site"


@pytest.fixture(scope="session")
def twin_site(site, tmp_path_factory) -> Path:
    """The site, built with Zensical; `site` comes first, so that nothing is left to run."""
    once(tmp_path_factory, "twin_site", lambda: zensical.build(ROOT))
    return ROOT / zensical.FOLDER


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all tests of a process (playwright starts once); for those below browser/ and explorables/ alone."""
    with chromium() as found:
        yield found


def with_browser(names: list[str]) -> None:
    """End the run, before any test has run, where one needs a browser that is not here and cannot be had."""
    if any(name.startswith(("tests/browser/", "tests/explorables/")) for name in names):
        try:
            ready()
        except Missing as error:
            pytest.exit(str(error), returncode=1)


def pytest_collection_finish(session):
    if "PYTEST_XDIST_WORKER" not in os.environ and not session.config.option.collectonly:
        with_browser([item.nodeid for item in session.items])


seen: list[str] = []  # what the first worker has collected; all collect the same


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node, ids):
    if not seen:
        seen.extend(ids)
        with_browser(ids)
