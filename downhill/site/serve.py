"""`make serve`: shows the book at a local address, and what changes in it as soon as it is saved.

Pages that changed, and those that show a snippet that changed, are rendered at once by the processes that have rendered them
before; all the rest (search, lists of other pages) follows in a complete build behind the reader's back.
"""

import contextlib
import itertools
import logging
import os
import shutil
import socket
import threading
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from downhill import BookError, checks
from downhill.checks import values
from downhill.execution import report
from downhill.execution.cache import alone
from downhill.execution.runner import Worker
from downhill.manuscript import terms
from downhill.manuscript.book import Book, Page
from downhill.site import build
from downhill.site.render import Renderer

WATCHED = ("docs", "snippets", "data", "mkdocs.yml", "matplotlibrc")
POLL, IDLE = 0.1, 1.0  # seconds between two looks at the files; without a change, before the complete build


class Preview:
    """The site that is served, the processes that keep it up to date, and the state of the files from which it was made."""

    def __init__(self, root: Path, address: str, say: report.Report, **running):
        self.root, self.address, self.say, self.running = root, address, say, running
        with alone(book := Book(root), say.say):
            build.recover(book)
        self.folder, self.counter = root / ".cache" / "tmp" / f"serve-{os.getpid()}", itertools.count()
        self.renderers: list[Renderer] = []
        self.started: list[Renderer] = []
        self.pending: set[Path] = set()
        self.files = self.look()
        self.worker, self.style = Worker(book, idle=True).__enter__(), None
        self.later, self.hurry = threading.Timer(IDLE, self.complete), threading.Event()

    def look(self) -> dict[Path, tuple[int, int]]:
        """Return when each file that is watched was changed last, and its size."""
        found = {}
        for path in (path for name in WATCHED for path in (self.root / name, *(self.root / name).rglob("*"))):
            with contextlib.suppress(OSError):  # an editor's own file, gone in the meantime
                state = path.stat()
                if not path.is_dir():
                    found[path] = (state.st_mtime_ns, state.st_size)
        return found

    def update(self) -> None:
        """Bring what is served up to date with the files."""
        self.later.cancel()
        self.hurry.set()
        for renderer in self.started:
            renderer.process.kill()
        if self.later.is_alive():
            self.later.join()
        self.hurry.clear()
        before, self.files = self.files, self.look()
        self.pending |= {path for path, state in before.items() ^ self.files.items()}
        try:
            book = Book(self.root)
            pages = None if before.keys() ^ self.files.keys() else self.pages(book)
            self.again(book, pages) if pages is not None else self.complete()
        except (BookError, OSError) as error:
            self.say.say(f"{error}\nnot built; the last good site stays")

    def pages(self, book: Book) -> dict[str, list[str]] | None:
        """Return the pages that the changed files change, as `{language: names}`; None where it can be any page."""
        found: dict[str, set[str]] = {language: set() for language in book.pages}
        for path in self.pending:
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
        """Run what changed, in the worker that is kept as long as the style of figures stays and it lives."""
        if self.worker.process.poll() is not None or self.style not in (None, book.style):
            self.worker.__exit__()
            self.worker = Worker(book, idle=True).__enter__()
        self.style = book.style
        build.prepare(book, self.say, worker=self.worker, **self.running)

    @staticmethod
    def check(book: Book, pages: list[Page]) -> None:
        """Look for mistakes on pages alone: no result has changed. Raises BookError."""
        if found := checks.problems(book) or values.problems(book, pages):
            raise BookError("\n".join(found))

    def again(self, book: Book, pages: dict[str, list[str]]) -> None:
        """Render some pages again, and everything a little later."""
        with alone(book, self.say.say):
            if any(path.suffix == ".py" for path in self.pending):
                self.prepare(book)
            else:
                self.check(book, [book.pages[language][name] for language in pages for name in pages[language]])
            asked = [renderer for renderer in self.renderers if pages[renderer.language]]
            for renderer in asked:
                renderer.ask(pages[renderer.language])
            for renderer in asked:
                renderer.answer()
            build.place(self.made, self.root / "site")
        self.pending.clear()
        self.say.say(f"rendered {', '.join(f'{language}/{name}' for language in pages for name in pages[language])}")
        self.later = threading.Timer(IDLE, self.behind)
        self.later.daemon = True
        self.later.start()

    def behind(self) -> None:
        """Build everything, unless the next change comes first."""
        try:
            self.complete()
        except (BookError, OSError) as error:
            if not self.hurry.is_set():
                self.say.say(str(error))

    def complete(self) -> None:
        """Build everything, and keep the processes that did it."""
        with alone(book := Book(self.root), self.say.say):
            self.prepare(book)
            made = self.folder / str(next(self.counter))
            self.started = build.start(book, made, self.address)
            if self.hurry.is_set():
                for renderer in self.started:
                    renderer.process.kill()
            build.finish(book, made, self.started, self.address)
            for renderer in self.renderers:
                renderer.close()
            self.renderers, self.started, self.made = self.started, [], made
            fresh = {path.relative_to(made) for path in made.rglob("*")}
            build.place(made, self.root / "site")
            for path in sorted((self.root / "site").rglob("*"), reverse=True):
                if path.relative_to(self.root / "site") not in fresh:
                    path.rmdir() if path.is_dir() else path.unlink()
        self.pending.clear()

    def close(self) -> None:
        self.later.cancel()
        for renderer in self.renderers + self.started:
            renderer.close()
        self.worker.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)


def serve(root: Path, port: int, say: report.Report | None = None, **running) -> None:
    """Build, then serve at a local address until Ctrl+C; `running` is what `build.prepare` wants to know."""
    say = say or report.Report()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise BookError(f"port {port} is in use. Choose another: make serve PORT={port + 1}") from error
    address = f"http://127.0.0.1:{port}/"
    preview = Preview(root, address, say, **running)
    try:
        preview.complete()
        logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
        server = LiveReloadServer(preview.update, "127.0.0.1", port, str(root / "site"), polling_interval=POLL)
        server.error_handler = lambda code: (root / "site" / "404.html").read_bytes() if code == 404 else None
        for name in WATCHED:
            server.watch(str(root / name))
        say.say(f"serving at {address}  (Ctrl+C ends it)")
        with contextlib.suppress(KeyboardInterrupt):
            server.serve()
        server.shutdown()
    finally:
        preview.close()
