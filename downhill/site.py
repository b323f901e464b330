"""Builds the site: one MkDocs build a language, under zh/ and en/, and a root page that leads to the reader's language.

The only module that knows MkDocs' Python interface.
"""

import contextlib
import logging
import os
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import mkdocs.commands.build
import mkdocs.config
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, MkDocsException
from mkdocs.livereload import LiveReloadServer

from downhill import LANGUAGES, BookError, fence, glossary, publish, runner
from downhill.book import Book

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def build(root: Path, *, parallel: int | None = None, timeout: float = runner.TIMEOUT, local: str = "", say=print) -> Path:
    """Build both languages into root/site; return that folder.

    Everything that can be wrong with the book is looked for before a page is written, and the site is put in place when
    it is complete: whatever fails or is interrupted, the last good site stays. Raises BookError.
    """
    book = Book(root)
    if found := book.problems():
        raise BookError("\n".join(found))
    runner.run(book, parallel=parallel, timeout=timeout, say=say)
    fence.write_index(book)
    glossary.teach(root)
    if found := fence.problems(book):
        raise BookError("\n".join(found))
    cache = runner.Cache(book.cache / "runs")
    cache.prune(cache.path(name, runner.key(book, name)) for name in book.snippets)
    (book.cache / "tmp").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=book.cache / "tmp") as folder:
        made = Path(folder, "site")
        for language in LANGUAGES:
            pages(book, language, made / language, local)
        publish.publish(book, made, local)
        put(made, root / "site", Path(folder, "old"))
    return root / "site"


def pages(book: Book, language: str, target: Path, local: str = "") -> None:
    """Render the pages of one language into target. Raises BookError with what MkDocs complained of."""
    url = local or os.environ.get("SITE_URL", "")
    variables = {
        "BOOK_LANGUAGE": language,
        "BOOK_DOCS": str(book.docs / language),
        "BOOK_SITE": str(target),
        "BOOK_SNIPPETS": str(book.cache / "snippets" / language),
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or commit_time(book.root),
        "BOOK_PUBLISHED": "" if local else "1",
        "BOOK_URL": f"{url.rstrip('/')}/{language}/" if url else "",
    }
    complaints = Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    try:
        with set_environment(variables), contextlib.chdir(book.root):
            config = mkdocs.config.load_config(str(book.root / "mkdocs.yml"))
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs.commands.build.build(config)
            config.plugins.on_shutdown()
    except (Abort, BuildError, ConfigurationError, MkDocsException) as error:
        reasons = complaints.messages or [str(error)]
        raise BookError("\n".join(f"docs/{language}: {reason}" for reason in reasons)) from error
    finally:
        logger.removeHandler(complaints)


def commit_time(root: Path) -> str:
    """Return the time of the last commit, in seconds: the date of a site depends on nothing else. Without git, 0."""
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "0"
    return done.stdout.strip() or "0"


class Complaints(logging.Handler):
    """Collects the warnings that fail a strict build."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextlib.contextmanager
def set_environment(variables: dict[str, str]):
    """Set environment variables, for mkdocs.yml to read, and take them back."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def put(made: Path, site: Path, old: Path) -> None:
    """Put the finished site in the place of the last one."""
    if site.exists():
        site.rename(old)
    try:
        made.rename(site)
    except BaseException:
        old.rename(site)
        raise


def serve(root: Path, port: int, *, parallel: int | None, timeout: float, say: Callable[[str], None] = print) -> None:
    """Build, then serve at a local address, and build again whenever a page, a snippet, a word or the theme changes."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise BookError(f"port {port} is in use. Choose another: make serve PORT={port + 1}") from error
    address = f"http://127.0.0.1:{port}/"
    build(root, parallel=parallel, timeout=timeout, local=address, say=say)

    def rebuild() -> None:
        try:
            build(root, parallel=parallel, timeout=timeout, local=address, say=say)
            say("built; the browser reloads")
        except BookError as error:
            say(f"{error}\nnot built; the last good site stays")

    logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
    server = LiveReloadServer(rebuild, "127.0.0.1", port, str(root / "site"))
    server.error_handler = lambda code: (root / "site" / "404.html").read_bytes() if code == 404 else None
    for name in ("docs", "snippets", "data", "mkdocs.yml", "matplotlibrc"):
        server.watch(str(root / name))
    say(f"serving at {address}  (Ctrl+C ends it)")
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()
    server.shutdown()
