"""`make serve`: shows the book at a local address, and what changes in it as soon as it is saved.

Pages that changed, and those that show a snippet that changed, are rendered at once by the processes that have rendered them
before; all the rest (search, lists of other pages) follows in a complete build behind the reader's back. The server answers
in threads of its own. Files are looked at twenty times a second: a notifying library loses a file that an editor replaces.
"""

import contextlib
import itertools
import os
import time
import traceback
from multiprocessing.connection import wait
from pathlib import Path

from downhill import BookError, checks
from downhill.checks import unfilled, values
from downhill.execution import report
from downhill.execution.cache import alone, uses_torch
from downhill.execution.runner import Worker
from downhill.manuscript import files, terms
from downhill.manuscript.book import Book, Page
from downhill.site import build
from downhill.site.renderer import Renderer, ready
from downhill.site.server import Board, Server

POLL, IDLE = 0.05, 1.0  # seconds between two looks at the files; without a change, before the complete build


class Told(report.Report):
    """A report that the served pages pass on: how many snippets have run, and which run now."""

    def __init__(self, inner: report.Report, board: Board):
        super().__init__(inner.say)
        self.inner, self.board, self.now, self.left = inner, board, [], 0

    def begin(self, names: list[str], cached: list[str]) -> None:
        self.inner.begin(names, cached)
        self.now, self.left = [], len(names) - len(cached)

    def start(self, name: str) -> None:
        self.inner.start(name)
        self.now.append(name)
        self.show()

    def end(self, name: str, state: str, end: dict) -> None:
        self.inner.end(name, state, end)
        self.now.remove(name)
        self.left -= 1
        self.show()

    def show(self) -> None:
        self.board.tell("running", "\n".join(self.now), self.left)

    def close(self) -> None:
        self.inner.close()
        self.board.tell("building")


class Preview:
    """The site that is served, the processes that keep it up to date, and the state of the files from which it was made."""

    def __init__(self, root: Path, folder: Path, server: Server, say: report.Report, **running):
        self.root, self.folder, self.server, self.running = root, folder, server, running
        self.say, self.board, self.counter = Told(say, server.board), server.board, itertools.count()
        self.renderers: list[Renderer] = []
        self.worker: Worker | None = None
        self.files, self.shown = {}, {}  # the state of the files when they were looked at; from which the site was made
        self.right = None  # the state of the files in which the checks last found nothing wrong
        self.due, self.stale = None, ""  # when everything is to be built; why it could not be

    def look(self) -> dict[str, tuple[int, int]]:
        """Return when each file that the book is made of was changed last, and its size."""
        found = {}
        for top in (os.path.join(self.root, name) for name in files.SOURCES):
            below = (os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names if files.ours(name))
            for path in [top] if os.path.isfile(top) else below:
                with contextlib.suppress(OSError):  # an editor's own file, gone in the meantime
                    state = os.stat(path)
                    found[path] = (state.st_mtime_ns, state.st_size)
        return found

    def run(self) -> None:
        """Build, then build again what changes, for ever."""
        self.board.tell("building")
        self.update()
        while True:
            time.sleep(POLL)
            if self.look() != self.files:
                self.update()
            elif self.due and time.monotonic() >= self.due:
                self.attempt(self.everything)

    def settle(self) -> None:
        """Wait until the files stay as they are; remember how they are."""
        self.files = self.look()
        while time.sleep(POLL) or (found := self.look()) != self.files:
            self.files = found

    def update(self) -> None:
        """Bring what is served up to date with the files."""
        self.due = None
        self.settle()
        self.attempt(self.changes)

    def attempt(self, step) -> None:
        """Do a step of building; whatever fails in it is told, in the terminal and on the pages, and the last pages stay."""
        try:
            step()
        except BookError as error:
            self.fail(str(error))
        except Exception as error:  # files that are half saved can fail in any way; the next look sees them whole
            self.say.say(traceback.format_exc())
            self.fail(f"{type(error).__name__}: {error}")

    def fail(self, trouble: str) -> None:
        self.say.say(f"{trouble}\nnot built" + ("; the last good pages stay" if self.board.built else ""))
        self.board.tell("failed", trouble)

    def succeed(self, book: Book, built: bool = True) -> None:
        self.shown = self.files
        left = self.stale or "\n".join(unfilled.problems(book))
        self.board.tell("failed" if self.stale else "unfinished" if left else "", left, built=built)

    def changes(self) -> None:
        """Build what the changes since the last good pages ask for."""
        changed = {Path(path) for path, _ in self.shown.items() ^ self.files.items()}
        book = Book(self.root)
        if not changed:  # taken back
            self.succeed(book, built=False)
            self.due = time.monotonic() + IDLE
            return
        pages = self.pages(book, changed) if self.renderers and self.shown.keys() == self.files.keys() else None
        if pages is None:
            self.complete()
            self.say.say(f"built; {self.server.address}")
        else:
            self.again(book, pages, any(path.suffix == ".py" for path in changed))

    def pages(self, book: Book, changed: set[Path]) -> dict[str, list[str]] | None:
        """Return the pages that the changed files change, as `{language: names}`; None where it can be any page."""
        found: dict[str, set[str]] = {language: set() for language in book.pages}
        for path in changed:
            room, _, name = path.relative_to(self.root).as_posix().partition("/")
            language, _, page = name.partition("/")
            if room == "docs" and page in book.pages.get(language, {}) and page != terms.NAME:
                found[language].add(page)
            elif room == "snippets" and name.removesuffix(".py") in book.snippets:
                for language in found:
                    found[language] |= book.showing(name.removesuffix(".py"), language)
            else:
                return None
        return {language: sorted(names) for language, names in found.items()}

    def prepare(self, book: Book) -> None:
        """Run what changed, in the worker that is kept as long as it fits."""
        if self.worker and not self.worker.fits(book):
            self.worker.__exit__()
            self.worker = None
        idle = any(map(uses_torch, book.programs.values()))
        self.worker = self.worker or Worker(book, idle=idle).__enter__()
        build.prepare(book, self.say, worker=self.worker, right=self.right == self.files, **self.running)
        self.right = self.files

    def check(self, book: Book, pages: list[Page]) -> None:
        """Look for mistakes on pages alone: no result has changed. Raises BookError."""
        if found := checks.problems(book) or values.problems(book, pages):
            raise BookError("\n".join(found))
        self.right = self.files

    def again(self, book: Book, pages: dict[str, list[str]], ran: bool) -> None:
        """Render some pages again, and everything a little later; `ran` if snippets are among what changed."""
        with alone(book, self.say.say):
            if ran:
                self.prepare(book)
            else:
                self.check(book, [book.pages[language][name] for language in pages for name in pages[language]])
            asked = [renderer for renderer in self.renderers if pages[renderer.language]]
            for renderer in asked:
                renderer.ask(pages[renderer.language])
            build.answers(asked)
            build.place(self.made, self.server.folder)
        self.succeed(book)
        self.say.say(f"rendered {', '.join(f'{language}/{name}' for language in pages for name in pages[language])}")
        self.due = time.monotonic() + IDLE

    def everything(self) -> None:
        """Build everything behind the reader's back, unless a change comes first."""
        self.due = None
        try:
            self.complete(yielding=True)
        except BookError as error:
            self.stale = str(error)
            raise

    def complete(self, yielding: bool = False) -> None:
        """Build everything, and keep the processes that did it; give up when files change, if it is to yield."""
        with alone(book := Book(self.root), self.say.say):
            self.prepare(book)
            if yielding and self.look() != self.files:
                return
            made = self.folder / str(next(self.counter))
            spare = build.start(book, made, self.server.address)
            try:
                if yielding and not self.undisturbed(spare):
                    return
                build.finish(book, made, spare, self.server.address)
                self.renderers, self.made, spare = spare, made, self.renderers
            finally:
                for renderer in spare:
                    renderer.close()
            fresh = {path.relative_to(made) for path in made.rglob("*")}
            build.place(made, self.server.folder)
            for path in sorted(self.server.folder.rglob("*"), reverse=True):
                if path.relative_to(self.server.folder) not in fresh:
                    path.rmdir() if path.is_dir() else path.unlink()
        self.stale = ""
        self.succeed(book, built=not yielding)

    def undisturbed(self, renderers: list[Renderer]) -> bool:
        """Wait until the renderers have answered; return False at once when a file changes."""
        waiting = {renderer.connection for renderer in renderers}
        while waiting:
            waiting -= set(wait(waiting, POLL))
            if self.look() != self.files:
                return False
        return True

    def close(self) -> None:
        for renderer in self.renderers:
            renderer.close()
        if self.worker:
            self.worker.__exit__()


def serve(root: Path, port: int, say: report.Report | None = None, **running) -> None:
    """Build, then serve at a local address until Ctrl+C; `running` is what `build.prepare` wants to know."""
    say = say or report.Report()
    ready()
    with build.workplace(root) as folder, Server(port, folder / "site", root / "docs" / "serve") as server:
        say.say(f"serving at {server.address}  (Ctrl+C ends it)")
        preview = Preview(root, folder, server, say, **running)
        try:
            with contextlib.suppress(KeyboardInterrupt):
                preview.run()
        finally:
            preview.close()
