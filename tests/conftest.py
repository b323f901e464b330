"""Fixtures: the book, what its programs compute, the site built from it, and a small book that can be broken."""

import contextlib
import gc
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from filelock import FileLock

from downhill import BookError
from downhill.execution import runner
from downhill.manuscript.book import Book
from downhill.site import build, python_files, unchanged, zensical
from downhill.site.chromium import Missing, chromium
from downhill.site.python import packed
from tests.book import ROOT
from tests.chromium import ready
from tests.small import content, keep, write_bare, write_small

IN_A_BROWSER = (
    "tests/browser/",
    "tests/explorables/",
    "tests/site/test_serve.py",
    "tests/site/test_pdf.py",
    "tests/site/test_cards.py",
)


@pytest.fixture(scope="session")
def fonts(tmp_path_factory) -> Path:
    """The folder in which matplotlib keeps its list of the fonts that are here: to make it takes as long as a small program."""
    folder = tmp_path_factory.getbasetemp()
    made = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "fonts"
    command = [sys.executable, "-c", "import matplotlib.font_manager"]
    environment = os.environ | {"MPLCONFIGDIR": str(made)}
    once(tmp_path_factory, "fonts-once", lambda: subprocess.run(command, env=environment, check=True, capture_output=True))
    return made


@pytest.fixture
def plot(fonts, tmp_path) -> Path:
    """A folder for a small book, with the list of the fonts that are here."""
    shutil.copytree(fonts, tmp_path / "book" / ".cache" / "matplotlib")
    return tmp_path / "book"


@pytest.fixture
def bare(plot) -> Path:
    """The root of a small book that can be checked, and not built."""
    return write_bare(plot)


@pytest.fixture
def small(plot) -> Path:
    """The root of a book of one page and one snippet, with the real theme and configuration."""
    return write_small(plot)


@pytest.fixture(scope="session")
def ran(fonts, tmp_path_factory) -> Path:
    """A small book that is built: one run, and one build, for all tests that do not ask what these do."""
    folder = tmp_path_factory.getbasetemp()
    root = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "ran"

    def make() -> None:
        shutil.copytree(fonts, root / ".cache" / "matplotlib")
        build.build(write_small(root))

    once(tmp_path_factory, "ran-once", make)
    return root


@pytest.fixture(scope="session")
def workers():
    """The processes that run snippets, by the style of figures that they have imported: to start one takes a second."""
    kept: dict[str, runner.Worker] = {}
    yield kept
    for worker in kept.values():
        worker.__exit__()


@pytest.fixture(scope="module")
def kept_worker(workers):
    """Let a process run the snippets of a module's books that has run those of others, as that of `make serve` stays."""

    def worker(book: Book) -> runner.Worker:
        kept = workers.get(book.style)
        if not (kept and kept.fits(book)):
            kept and kept.__exit__()
            workers[book.style] = own(book).__enter__()
        return workers[book.style]

    own = runner.Worker
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "Worker", worker)
        yield


@pytest.fixture
def at_hand(ran, small) -> None:
    """Give the small book what a build keeps, as the second build of a book has it; a program that is changed runs."""
    keep(ran, small)


@pytest.fixture
def built(ran, at_hand, small) -> dict[str, bytes]:
    """Give the small book the site of that build, too; return its files."""
    shutil.copytree(ran / "site", small / "site")
    return content(small / "site")


@pytest.fixture(scope="session")
def program():
    """A function: `program("momentum/valley")` returns the names of a snippet that has run, its functions among them."""
    ran: dict[str, dict] = {}

    def run(name: str) -> dict:
        if name not in ran:
            with mpl.rc_context():
                mpl.use("agg")
                ran[name] = runpy.run_path(str(ROOT / "snippets" / f"{name}.py"))
                plt.close("all")
        return ran[name]

    return run


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
    """The site, built as `make build` builds it: where it stands so, it is not built again."""
    once(tmp_path_factory, "site", lambda: unchanged.renew(ROOT, build.FOLDER, lambda: build.build(ROOT)))
    return ROOT / build.FOLDER


@pytest.fixture(scope="session")
def twin_site(site, tmp_path_factory) -> Path:
    """The site, built with Zensical; `site` comes first, so that nothing is left to run."""
    once(tmp_path_factory, "twin_site", lambda: unchanged.renew(ROOT, zensical.FOLDER, lambda: zensical.build(ROOT)))
    return ROOT / zensical.FOLDER


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all tests of a process, in which playwright starts once; for those that IN_A_BROWSER names."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def python(site):
    """Python for the pages of the site, gathered before any test ran."""
    if not packed(ROOT):
        pytest.fail("Python for the pages could not be gathered; `python -m downhill python-files` says why, and what to do")


def with_python(names: list[str]) -> None:
    """Gather Python for the pages, before any test has run, where one runs programs in a page, if it can be had."""
    if any(name.startswith("tests/browser/test_python") for name in names):
        with contextlib.suppress(BookError):
            python_files.pack(ROOT, python_files.folder(ROOT))


def with_browser(names: list[str]) -> None:
    """End the run, before any test has run, where one needs a browser that is not here and cannot be had."""
    if any(name.startswith(IN_A_BROWSER) for name in names):
        try:
            ready()
        except Missing as error:
            pytest.exit(str(error), returncode=1)


def prepare(names: list[str]) -> None:
    with_browser(names)
    with_python(names)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Look for no garbage among the tests that are collected: they stay, and to look takes a tenth of the time, later too."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_finish(session):
    if "PYTEST_XDIST_WORKER" not in os.environ and not session.config.option.collectonly:
        prepare([item.nodeid for item in session.items])


seen: list[str] = []  # what the first worker has collected; all collect the same


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node, ids):
    if not seen:
        seen.extend(ids)
        prepare(ids)
