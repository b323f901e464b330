"""Builds the site: both languages at once, under zh/ and en/, and a root page that leads to the reader's language."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from downhill import LANGUAGES, BookError, checks
from downhill.checks import values
from downhill.execution import report, runner, shelf
from downhill.execution.cache import Cache, alone
from downhill.manuscript.book import Book
from downhill.site import publish
from downhill.site.render import Renderer


def build(root: Path, say: report.Report | None = None, **running) -> Path:
    """Build both languages into root/site; return that folder. `running` is what `prepare` wants to know.

    Everything that can be wrong with the book is looked for before a page is written, and the site is put in place when
    it is complete: whatever fails or is interrupted, the last good site stays. Raises BookError.
    """
    with prepared(Book(root), say or report.Report(), **running) as (book, folder):
        renderers = start(book, made := folder / "site", how=runner.START)
        finish(book, made, renderers)
        for renderer in renderers:
            renderer.close()
        put(made, root / "site")
    return root / "site"


@contextlib.contextmanager
def prepared(book: Book, say: report.Report, **running):
    """Do all that comes before rendering, with nobody else at work; give the book, and a folder on the site's disk."""
    with alone(book, say.say):
        recover(book)
        prepare(book, say, **running)
        with tempfile.TemporaryDirectory(dir=book.cache / "tmp") as folder:
            yield book, Path(folder)


def prepare(
    book: Book,
    say: report.Report,
    *,
    parallel: int | None = None,
    timeout: float = runner.TIMEOUT,
    worker: runner.Worker | None = None,
) -> None:
    """Do all that comes before rendering: look for mistakes, run what changed, and say where the results stand."""
    if found := checks.problems(book):
        raise BookError("\n".join(found))
    runner.run(book, parallel=parallel, timeout=timeout, say=say, worker=worker)
    shelf.write_index(book)
    if found := values.problems(book):
        raise BookError("\n".join(found))
    Cache(book).prune()


def start(book: Book, target: Path, local: str = "", how: str = "spawn") -> list[Renderer]:
    """Begin to render all pages, the languages side by side, into target; `local` is the address if it is a local one."""
    return [Renderer(book.root, language, target / language, local, how) for language in LANGUAGES]


def finish(book: Book, target: Path, renderers: list[Renderer], local: str = "") -> None:
    """Wait for the renderers, and make a site of what they have rendered. Raises BookError."""
    try:
        for renderer in renderers:
            renderer.answer()
    except BaseException:
        for renderer in renderers:
            renderer.close()
        raise
    publish.publish(book, target, local)


def recover(book: Book) -> None:
    """Put right what a build that was killed has left behind."""
    for old in book.root.glob("site*.old"):
        if not (site := old.with_suffix("")).exists():
            old.rename(site)
        shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(book.cache / "tmp", ignore_errors=True)
    (book.cache / "tmp").mkdir(parents=True)


def put(made: Path, site: Path) -> None:
    """Put the finished site in the place of the last one; at no moment both are missing."""
    old = site.with_suffix(".old")
    if site.exists():
        site.rename(old)
    try:
        made.rename(site)
    except BaseException:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def place(made: Path, site: Path) -> None:
    """Put the files below made, one by one, in the place of those of a site that is being served."""
    for path in sorted(made.rglob("*")):
        target = site / path.relative_to(made)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
