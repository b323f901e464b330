"""Builds the site: both languages at once, under zh/ and en/, and a root page that leads to the reader's language."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from downhill import LANGUAGES, BookError, checks
from downhill.checks import values
from downhill.execution import report, runner, shelf
from downhill.execution.cache import Cache, alone
from downhill.manuscript.book import Book
from downhill.site import laboratory, publish, python
from downhill.site.renderer import BESIDE, Renderer

FOLDER = "site"


def build(root: Path, say: report.Report | None = None, **running) -> Path:
    """Build both languages into root/site; return that folder. `running` is what `prepare` wants to know.

    Everything that can be wrong with the book is looked for before a page is written, and the site is put in place when
    it is complete: whatever fails or is interrupted, the last good site stays. Raises BookError.
    """
    say, packed = say or report.Report(), python.packed(root)
    with prepared(Book(root), say, **running) as (book, folder):
        renderers = start(book, made := folder / "site", how=runner.START)
        finish(book, made, renderers)
        for renderer in renderers:
            renderer.close()
        put(made, root / FOLDER)
    if not packed:
        say.say(python.ABSENT)
    return root / FOLDER


@contextlib.contextmanager
def prepared(book: Book, say: report.Report, **running):
    """Do all that comes before rendering, with nobody else at work; give the book, and a folder on the site's disk."""
    with alone(book, say.say), workplace(book.root) as folder:
        recover(book.root)
        prepare(book, say, **running)
        yield book, folder


@contextlib.contextmanager
def workplace(root: Path):
    """Give a folder on the site's disk, deleted at the end; those of processes that were killed are deleted first.

    Who works in a folder holds the lock beside it, which the system takes back from a process that has ended.
    """
    (place := root / ".cache" / "tmp").mkdir(parents=True, exist_ok=True)
    for left in list(place.iterdir()):
        lock = left.with_suffix(".lock")
        with contextlib.suppress(Timeout, OSError), FileLock(lock, blocking=False):
            shutil.rmtree(left.with_suffix(""), ignore_errors=True)
            lock.unlink()
    folder = place / f"{os.getpid()}-{secrets.token_hex(4)}"
    lock = folder.with_suffix(".lock")
    try:
        with FileLock(lock):
            folder.mkdir()
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.unlink(missing_ok=True)


def prepare(
    book: Book,
    say: report.Report,
    *,
    parallel: int | None = None,
    timeout: float = runner.TIMEOUT,
    worker: runner.Worker | None = None,
    right: bool = False,
) -> None:
    """Do all that comes before rendering: look for mistakes, run what changed, and say where the results stand.

    Mistakes are not looked for in a book in which none were found as it stands (`right`).
    """
    if found := [] if right else checks.problems(book):
        raise BookError("\n".join(found))
    runner.run(book, parallel=parallel, timeout=timeout, say=say, worker=worker)
    shelf.write_index(book)
    if found := values.problems(book):
        raise BookError("\n".join(found))
    Cache(book).prune()


def start(book: Book, target: Path, local: str = "", how: str = BESIDE) -> list[Renderer]:
    """Begin to render all pages, the languages side by side, into target; `local` is the address if it is a local one."""
    laboratory.write(book, local or os.environ.get("SITE_URL", ""))
    return [Renderer(book.root, language, target / language, local, how) for language in LANGUAGES]


def finish(book: Book, target: Path, renderers: list[Renderer], local: str = "") -> None:
    """Wait for the renderers, and make a site of what they have rendered. Raises BookError."""
    try:
        answers(renderers)
    except BaseException:
        for renderer in renderers:
            renderer.close()
        raise
    publish.publish(book, target, local)


def answers(renderers: list[Renderer]) -> None:
    """Wait for all renderers. Raises BookError with what is wrong with the pages, of every language."""
    found = []
    for renderer in renderers:
        try:
            renderer.answer()
        except BookError as error:
            found.append(str(error))
    if found:
        raise BookError("\n".join(found))


def recover(root: Path) -> None:
    """Put right what a build that was killed between the two moves of `put` has left behind."""
    for old in root.glob("site*.old"):
        if not (site := old.with_suffix("")).exists():
            old.rename(site)
        shutil.rmtree(old, ignore_errors=True)


def put(made: Path, site: Path) -> None:
    """Put the finished site in the place of the last one; at no moment both are missing."""
    old = site.with_suffix(".old")
    for path in (made, *made.rglob("*")):  # a web server reads them all, whatever the umask of who builds
        path.chmod(0o755 if path.is_dir() else 0o644)
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
