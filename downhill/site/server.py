"""The web server behind `make serve`: answers every request at once, with the last good page and a note on how the book stands.

Python's own server. MkDocs' LiveReloadServer and the package livereload hold every request back while the book is built.
"""

import errno
import html
import io
import json
import os
import secrets
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from downhill import BookError

OWN = "/.serve/"  # below it stand the files of docs/serve, and the events
ALIVE = 15  # seconds after which a page that listens hears something, so that one that has gone is noticed
HEADINGS = {
    "building": ("Being built", "正在构建"),
    "running": ("Being built; snippets that are still to run: {}", "正在构建，还要运行 {} 个片段"),
    "failed": ("Not built", "没有建成"),
    "kept": ("Not built; these are the last good pages", "没有建成，这里仍是上一次建好的页面"),
    "unfinished": ("To be filled in", "有待填写"),
}


class Board:
    """What the served pages are told: which build they are from, and what there is to say about the next one."""

    def __init__(self):
        self.changed = threading.Condition()
        self.built, self.kind, self.lines, self.left = "", "", "", 0

    def tell(self, kind: str = "", lines: str = "", left: int = 0, built: bool = False) -> None:
        """Say how the book stands: nothing, or a kind among HEADINGS with its lines; `built` if there are new pages."""
        with self.changed:
            self.built = secrets.token_hex(4) if built else self.built
            self.kind, self.lines, self.left = kind, lines, left
            self.changed.notify_all()

    def note(self, chinese: bool) -> tuple[str, str]:
        """Return the class and the HTML of the note as pages of a language show it."""
        if not self.kind:
            return "", ""
        heading = HEADINGS["kept" if self.kind == "failed" and self.built else self.kind][chinese].format(self.left)
        lines = f'<pre tabindex="0">{html.escape(self.lines, quote=False)}</pre>' if self.lines else ""
        return self.kind, f"<p>{heading}</p>{lines}"

    def event(self, chinese: bool) -> bytes:
        """Return how the book stands, as an event for note.js."""
        kind, note = self.note(chinese)
        return f"data: {json.dumps({'built': self.built, 'kind': kind, 'note': note})}\n\n".encode()

    def next(self, sent: bytes, chinese: bool) -> bytes:
        """Return the event that follows the one that was sent, or after a while the same again."""
        with self.changed:
            self.changed.wait_for(lambda: self.event(chinese) != sent, ALIVE)
            return self.event(chinese)

    def foot(self, chinese: bool) -> bytes:
        """Return the end of a page: the note, and what keeps it up to date."""
        kind, note = self.note(chinese)
        return (
            f'<link rel="stylesheet" href="{OWN}note.css"><div id="serve-note" role="status" class="{kind}">{note}</div>'
            f'<script src="{OWN}note.js" data-built="{self.built}" data-language="{"zh" if chinese else "en"}"></script>'
        ).encode()


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of the server's folder; pages carry the note."""

    protocol_version = "HTTP/1.1"
    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".css": "text/css",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
        ".md": "text/markdown; charset=utf-8",
    }

    def setup(self):
        self.directory, self.board = str(self.server.folder), self.server.board
        super().setup()

    def do_GET(self) -> None:
        if urlsplit(self.path).path == f"{OWN}events":
            self.events()
        else:
            super().do_GET()

    def send_head(self):
        """Send the status and the headers of an answer; return what is to follow them, or None."""
        path = urlsplit(self.path).path
        file = Path(self.translate_path(self.path))
        if path.endswith("/sw.js") or path.startswith(OWN):
            file = self.server.own / file.name
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.is_dir() and (file / "index.html").is_file():
            return super().send_head()  # to the address with a stroke at its end
        foot = self.board.foot(path.startswith("/zh/"))  # before the file is read: it may be newer than it says, never older
        try:
            return self.answer(200, file, foot)
        except (OSError, ValueError):
            if self.board.built:
                return self.answer(404, self.server.folder / "404.html", foot)
            return self.answer(503, self.server.own / "waiting.html", foot)

    def answer(self, status: int, file: Path, foot: bytes) -> io.BytesIO:
        """Send a status and the headers of a file; return its content, with a foot if it is a page. Raises OSError."""
        content = file.read_bytes()
        if file.suffix == ".html":
            before, end, after = content.rpartition(b"</body>")
            content = before + foot + end + after
        self.send_response(status)
        kind = self.guess_type(file.name)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") and ";" not in kind else kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # what was edited twice within a second would be taken for unchanged
        super().end_headers()

    def events(self) -> None:
        """Send how the book stands, now and whenever that changes."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        board, chinese, sent = self.board, urlsplit(self.path).query == "zh", b""
        while True:
            event = board.next(sent, chinese)
            self.wfile.write(b": \n\n" if event == sent else event)
            self.wfile.flush()
            sent = event

    def log_message(self, *_) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Listens at a local port from the moment when it is made. Raises BookError where the port is taken."""

    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers listen at one port
    daemon_threads = True

    def __init__(self, port: int, folder: Path, own: Path):
        self.folder, self.own, self.board = folder, own, Board()
        try:
            super().__init__(("127.0.0.1", port), Handler)
        except (OSError, OverflowError) as error:
            trouble = "is in use" if getattr(error, "errno", None) == errno.EADDRINUSE else f"cannot be had ({error})"
            raise BookError(f"port {port} {trouble}. Choose another: make serve PORT=8001") from error
        self.address = f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request, client_address) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a browser drops connections when a page is left
            super().handle_error(request, client_address)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()
