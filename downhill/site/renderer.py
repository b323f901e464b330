"""The process that renders the pages of one language: how it starts, what it is asked, and how it ends.

Nothing here imports MkDocs, which takes seconds: whoever serves the book forks its renderers from a process that has.
"""

import contextlib
import importlib
import multiprocessing
import multiprocessing.forkserver
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

from downhill import BookError

MKDOCS = "downhill.site.render"  # the module that imports it
ROOM = 70  # bytes of a temporary folder's name, beside which a socket's in it has room: Linux takes 108 together
# how a process starts beside threads: forked by one that has none and has imported that module, or all on its own
BESIDE = "forkserver" if sys.platform == "linux" and len(os.fsencode(tempfile.gettempdir())) < ROOM else "spawn"


@contextlib.contextmanager
def deaf():
    """Let processes that start meanwhile not hear of Ctrl+C: who has started them does, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Renderer:
    """The process that renders one language into target: all pages when it starts, then those that are asked for."""

    def __init__(self, root: Path, language: str, target: Path, local: str = "", start: str = BESIDE):
        if start == "fork":
            importlib.import_module(MKDOCS)  # once for all that are forked
        elif start == "forkserver":
            ready()
        context = multiprocessing.get_context(start)
        self.language = language
        self.connection, other = context.Pipe()
        self.process = context.Process(target=_answer, args=(other, root, language, target, local), daemon=True)
        with deaf():
            self.process.start()
        other.close()

    def ask(self, pages: list[str]) -> None:
        """Have some pages rendered again; `answer` waits until they are."""
        self.connection.send(pages)

    def answer(self) -> None:
        """Wait for what was asked for. Raises BookError with what is wrong with the pages."""
        try:
            complaints = self.connection.recv()
        except EOFError:
            self.process.join()
            status = self.process.exitcode
            complaints = [f"the process that renders the pages ended early (status {status}); build again"]
        if complaints:
            raise BookError("\n".join(f"docs/{self.language}{_joined(complaint)}" for complaint in complaints))

    def close(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def ready() -> None:
    """Have the process from which those that render are forked, where there is one; it imports MkDocs meanwhile."""
    if BESIDE == "forkserver":
        multiprocessing.set_forkserver_preload([MKDOCS])
        with deaf():
            multiprocessing.forkserver.ensure_running()


def _answer(connection, root: Path, language: str, target: Path, local: str) -> None:
    importlib.import_module(MKDOCS).answer(connection, root, language, target, local)


def _joined(complaint: str) -> str:
    """Return a complaint as it goes on after the folder of a language: with a page and its line, or without."""
    return f"/{complaint}" if re.match(r"[\w/-]+\.md:\d+: ", complaint) else f": {complaint}"
