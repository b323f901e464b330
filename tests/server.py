"""A server for tests: shows a built site below /downhill/, with the headers that its _headers file asks for."""

import contextlib
import fnmatch
import functools
import gzip
import socket
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "/downhill"


def rules(site: Path) -> list[tuple[str, str, str]]:
    """Return (pattern, header, value) of each line of the _headers file."""
    found, pattern = [], ""
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            pattern = line.strip()
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found.append((pattern, name, value))
    return found


packed = functools.lru_cache(maxsize=256)(gzip.compress)  # what is asked for again is not packed again


class Handler(SimpleHTTPRequestHandler):
    """Serves self.server.site below the prefix; sends 404.html for what is not there."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".md": "text/markdown; charset=utf-8"}

    def do_GET(self):
        self.server.asked.append(self.path)
        path = urlsplit(self.path).path
        if path == PREFIX:
            return self.reply(301, b"", "text/plain", Location=f"{PREFIX}/")
        inside = path.removeprefix(f"{PREFIX}/") if path.startswith(f"{PREFIX}/") else None
        file = self.server.site / (inside or "") if inside is not None else None
        if file and file.is_dir():
            if not path.endswith("/"):
                return self.reply(301, b"", "text/plain", Location=f"{path}/")
            file /= "index.html"
        status = 200 if file and file.is_file() else 404
        file = file if status == 200 else self.server.site / "404.html"
        headers = {name: value for pattern, name, value in rules(self.server.site) if fnmatch.fnmatch(f"/{inside}", pattern)}
        return self.reply(status, file.read_bytes(), self.guess_type(str(file)), **headers)

    def reply(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        if kind.startswith(("text/", "image/svg", "application/json", "application/xml")) and "gzip" in self.headers.get(
            "Accept-Encoding", ""
        ):
            body, headers["Content-Encoding"] = packed(body), "gzip"
        self.send_response(status)
        text = kind.startswith("text/") and "charset" not in kind
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def handle(self):
        with contextlib.suppress(ConnectionError):  # a browser drops connections when a page is left
            super().handle()

    def setup(self):
        super().setup()
        self.server.open.append(self.connection)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serve(site: Path):
    """Serve a site at a free port; yield the server, whose `address` is that of the site's root and `asked` what was got."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.site, server.asked, server.open = site, [], []
        server.address = f"http://127.0.0.1:{server.server_port}{PREFIX}/"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
            for connection in server.open:  # a browser keeps some for later
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
