"""`make serve`: an edit shows up, a mistake is a bar in the last good page, and no request waits for a build."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Error

from downhill import BookError, checks
from downhill.execution import report
from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.manuscript.new import begin
from downhill.site import build, server
from downhill.site import serve as serving
from tests import PATIENCE
from tests.small import begun, change, content, keep, snippet, until, waiting, write_small

pytestmark = pytest.mark.usefixtures("at_hand")  # what a program has left is there, until the program is changed


class Served:
    """A book that is being served: its address, its process, and what it has said. Port 0 is any that is free."""

    def __init__(self, root: Path, log: Path, port: int = 0, **options):
        self.root, self.log = root, log
        command = [sys.executable, "-u", "-m", "downhill", "--root", str(root), "serve", "--port", str(port)]
        heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), "start_new_session": True}
        with log.open("w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, **heeding | options)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        """The address that it says it serves at. Raises ConnectionError before it does."""
        if not (told := re.search(r"serving at (\S+)", self.said)):
            raise ConnectionError(self.said)
        return told[1]

    def get(self, path: str = "en/") -> str:
        """Return what stands at an address, whatever the status."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def shows(self, text: str, path: str = "en/") -> bool:
        """Return whether an address comes to show the text."""
        return self.until(lambda: text in self.get(path))

    def until(self, true) -> bool:
        """Return True once something has come true; where it never does, fail with what the process has said."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                if true():
                    return True
            time.sleep(0.1)
        pytest.fail(f"it never comes true; the process ({self.process.poll()}) said:\n{self.said}")

    def end(self, how: int = signal.SIGTERM) -> None:
        """End the process with a signal, having seen that it ends."""
        os.killpg(self.process.pid, how)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            pytest.fail(f"{signal.Signals(how).name} does not end it; it said:\n{self.said}")


@pytest.fixture
def serve(tmp_path):
    """Serve a book; ended with the test."""
    started = []

    def begin(root: Path, **options) -> Served:
        started.append(Served(root, tmp_path / f"said-{len(started)}", **options))
        return started[-1]

    yield begin
    for served in started:
        if served.process.poll() is None:
            served.end()


@pytest.fixture(scope="module")
def alone(ran, tmp_path_factory):
    """The small book, being served."""
    folder = tmp_path_factory.mktemp("alone")
    keep(ran, root := write_small(folder / "book"))
    served = Served(root, folder / "said")
    yield served
    served.end()


def sources(root: Path) -> dict[Path, bytes]:
    """Return the files that a book is made of."""
    found = (path for top in files.SOURCES for path in [root / top, *(root / top).rglob("*")])
    return {path: path.read_bytes() for path in found if path.is_file()}


@pytest.fixture
def shown(alone):
    """The small book, being served for all tests that take this; what one of them changes is taken back, and shown."""
    before = sources(alone.root)
    assert alone.shows("It ends at 1.5")
    yield alone
    for path in sources(alone.root).keys() - before.keys():
        path.unlink()
    for path in (path for path, found in before.items() if not path.exists() or path.read_bytes() != found):
        path.write_bytes(before[path])
    assert alone.until(lambda: "It ends at 1.5" in (page := alone.get()) and not bar(page) and "终点是 1.5" in alone.get("zh/"))
    assert "Traceback" not in alone.said


def bar(page: str) -> str:
    """Return the text of the bar at the foot of a page."""
    return re.search(r'<div id="serve-note"[^>]*>(.*?)</div>', page, re.DOTALL)[1]


def test_edits_show_up(shown):
    small, served = shown.root, shown
    change(small / "docs" / "en" / "index.md", "It ends at", "Its last value is")
    assert served.shows("Its last value is")
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    assert served.shows("终点是 2.5", "zh/")
    assert served.shows("Its last value is 2.5", "en/assets/search-en.js")  # by the complete build that follows
    change(small / "docs" / "locale" / "zh.po", "两个点就够", "两点足矣")
    assert served.shows("两点足矣", "zh/")
    assert "Content-Security-Policy" not in served.get()
    assert "Nothing stands at this address" in served.get("en/nowhere/")


def test_a_new_page_and_a_page_that_goes(shown):
    small, served = shown.root, shown
    for language in ("en", "zh"):
        (small / "docs" / language / "more.md").write_text("# More {#more}\n\n[x](index.md)\n")
        assert served.shows("more.md", f"{language}/")  # no twin yet, then not in nav: told in the bar
    change(small / "mkdocs.yml", "nav: [index.md]", "nav: [index.md, more.md]")
    assert served.shows("More", "en/more/")
    assert served.until(lambda: not bar(served.get()))
    change(small / "mkdocs.yml", "nav: [index.md, more.md]", "nav: [index.md]")
    for language in ("zh", "en"):
        (small / "docs" / language / "more.md").unlink()
    assert served.shows("Nothing stands at this address", "en/more/")
    assert served.shows("终点是", "zh/")


def test_what_is_begun_is_shown_with_what_is_to_be_filled_in(shown):
    small, served = shown.root, shown
    begin(Book(small), "schedules/constant")
    assert served.shows("«标题»", "zh/schedules/")
    told = ("有待填写", "docs/zh/schedules.md:1: fill in «标题»")
    assert served.until(lambda: all(said in note for note in [bar(served.get("zh/"))] for said in told))


def test_no_request_waits_for_a_build(small, serve, tmp_path):
    """A build waits for a file that is made here: whatever is answered before, is answered while it runs."""
    change(snippet(small), "y = [0.0", waiting(go := tmp_path / "go") + "\ny = [0.0")
    served = serve(small)
    assert served.until(lambda: "The book is being built" in served.get("zh/"))  # the very first one
    assert served.until(lambda: "chapter/line" in bar(served.get("zh/")))
    assert "还要运行 1 个片段" in bar(served.get("zh/"))
    with pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(served.address)
    go.touch()
    assert served.shows("It ends at 1.5")
    edits = [(snippet(small), "1.5", "2.5", "1.5"), (small / "matplotlibrc", "axes.grid", "axes.grid  ", "2.5")]
    for edited, old, new, last in edits:
        go.unlink()
        change(edited, old, new)
        assert served.until(lambda: "chapter/line" in bar(served.get()))
        assert f"It ends at {last}" in served.get()
        go.touch()
        assert served.until(lambda: "It ends at 2.5" in served.get() and not bar(served.get()))


FAULTS = {  # where, what stands there, what in its place, and what the bar says
    "no Python": ("snippets/chapter/line.py", "y = [0.0", "y = = [0.0", "snippets/chapter/line.py:5: SyntaxError"),
    "a snippet that fails": ("snippets/chapter/line.py", "y = [0.0", "y = [0 / 0", "line.py:5: ZeroDivisionError"),
    "no such value": ("docs/en/index.md", "line: y[1]", "line: z[1]", "docs/zh/index.md:3: value"),
    "another formula": ("docs/zh/index.md", "y = 1.5 x", "y = 2 x", "docs/zh/index.md:6: "),
    "another word": ("snippets/chapter/line.py", '"loss"', '"cost"', "snippets/chapter/line.py:10: no Chinese"),
    "no translation": ("docs/locale/zh.po", 'msgid "line"', '#, fuzzy\nmsgid "line"', "check its fuzzy entry"),
    "no configuration": ("mkdocs.yml", "nav: [", "nav: [[", "mkdocs.yml:"),
    "a < in it": ("docs/en/index.md", "line: y[1]", "line: '<p>' + 1", "&lt;p&gt;"),
}


def test_a_failed_build_is_a_bar_in_the_last_good_page(shown):
    small, served = shown.root, shown
    for what, (file, old, new, said) in FAULTS.items():
        times = os.stat(small / file)
        change(small / file, old, new)
        assert served.until(lambda said=said: said in bar(served.get("zh/"))), what
        assert "没有建成，这里仍是上一次建好的页面" in bar(served.get("zh/"))
        assert "Not built; these are the last good pages" in bar(served.get("en/nowhere/"))
        assert "It ends at 1.5" in served.get()
        change(small / file, new, old)
        if what == "no such value":  # put back by a tool that restores the time too
            os.utime(small / file, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert served.until(lambda: not bar(served.get())), what
        assert "It ends at 1.5" in served.get()


def test_a_first_build_that_fails(small, serve):
    """Each of three mistakes is told until it is mended: two that a check finds, and then one that a run does."""
    found = [FAULTS[what] for what in ("no translation", "no such value", "a snippet that fails")]
    for file, old, new, _ in found:
        change(small / file, old, new)
    served = serve(small)
    for file, old, new, said in found:
        assert served.until(lambda said=said: said in bar(served.get())), said
        assert "Not built</p>" in bar(served.get())
        change(small / file, new, old)
    assert served.until(lambda: "It ends at 1.5" in served.get() and not bar(served.get()))


def refuse(*_, **__):
    raise BookError("more.md:3: no such id")


def test_what_a_complete_build_finds_stays_told_until_one_succeeds(small, tmp_path, monkeypatch):
    """A page is shown at once; what is wrong elsewhere is seen a little later, and no other edit hides it."""
    with server.Server(0, tmp_path, small / "docs" / "serve") as stub:
        preview = serving.Preview(small, tmp_path, stub, report.Report(lambda text: None))
        preview.settle()
        preview.succeed(book := Book(small))
        with monkeypatch.context() as patch:
            patch.setattr(build, "prepare", refuse)
            preview.attempt(preview.everything)
            assert (stub.board.kind, stub.board.lines) == ("failed", "more.md:3: no such id")
            preview.succeed(book)  # another page is edited
            assert (stub.board.kind, stub.board.lines) == ("failed", "more.md:3: no such id")
        try:
            preview.attempt(preview.everything)
            assert (stub.board.kind, stub.board.lines) == ("", "")
        finally:
            preview.close()


@pytest.fixture
def asked(small, tmp_path, monkeypatch):
    """A preview that renders nothing, and a list that grows by a word with each thing that it does."""
    done, look = [], checks.problems
    monkeypatch.setattr(checks, "problems", lambda book: done.append("checked") or look(book))
    monkeypatch.setattr(build, "start", lambda *_: done.append("rendered") or refuse())
    with server.Server(0, tmp_path, small / "docs" / "serve") as stub:
        preview = serving.Preview(small, tmp_path, stub, report.Report(lambda text: None))
        preview.settle()
        yield preview, done
        preview.close()


def test_a_book_in_which_nothing_is_wrong_is_checked_once(small, asked):
    preview, done = asked
    preview.check(Book(small), [])
    preview.attempt(preview.everything)
    assert done == ["checked", "rendered"]
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")
    preview.settle()
    preview.attempt(preview.everything)
    assert done[2:] == ["checked", "rendered"]


def test_a_complete_build_gives_way_to_an_edit_before_it_renders(small, asked, monkeypatch):
    preview, done = asked
    page = small / "docs" / "en" / "index.md"
    monkeypatch.setattr(build, "prepare", lambda *_, **__: change(page, "It ends at", "Its end is"))
    preview.attempt(preview.everything)
    assert not done
    preview.settle()
    monkeypatch.setattr(build, "prepare", lambda *_, **__: None)
    preview.attempt(preview.everything)
    assert done == ["rendered"]


def test_two_serves_and_a_build_of_one_book_keep_apart(shown, serve):
    one, two, small = shown, serve(shown.root), shown.root
    assert two.shows("It ends at")
    build.build(small)
    assert "Content-Security-Policy" in (small / "site" / "en" / "index.html").read_text()
    before = content(small / "site")
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")
    for served, other in ((one, two), (two, one)):
        assert served.shows("Its end is")
        assert "Content-Security-Policy" not in served.get()
        assert f'rel="canonical" href="{served.address}en/"' in served.get()
        assert other.address not in served.get()
        assert "registration.unregister()" in served.get("sw.js")
        assert "registration.unregister()" in served.get("downhill/sw.js")
    two.end()
    assert one.shows("Its end is", "en/assets/search-en.js")
    assert content(small / "site") == before


@pytest.fixture
def elsewhere():
    """A folder for passing files of one process and those that it starts; its name is short, as it is on most machines."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def living(elsewhere: Path) -> list[str]:
    """Return the processes that have that folder for their passing files."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"TMPDIR={elsewhere}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text())
    return [process for process in found if process]


@pytest.mark.parametrize(
    ("how", "built"),
    [(signal.SIGTERM, False), *((how, True) for how in (signal.SIGINT, signal.SIGHUP, signal.SIGKILL))],
)
def test_an_ended_serve_leaves_nothing_behind(how, built, small, serve, tmp_path, elsewhere):
    """It is ended while a snippet runs, in the first build or after it, when there are processes that render too."""
    work = waiting(tmp_path / "never") + "\ny = [0.0"
    if not built:
        change(snippet(small), "y = [0.0", work)
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would be ignored, also by what is started here
    served = serve(small, env={**os.environ, "TMPDIR": str(elsewhere)})
    signal.signal(signal.SIGHUP, before)
    if built:
        assert served.shows("It ends at")
        change(snippet(small), "y = [0.0", work)
    assert served.until(lambda: "chapter/line" in bar(served.get()))
    assert os.listdir(small / ".cache" / "tmp")
    served.end(how)
    if how == signal.SIGKILL:
        with build.workplace(small) as folder:
            assert {path.stem for path in (small / ".cache" / "tmp").iterdir()} == {folder.name}
    else:
        assert "ended early" not in served.said
        assert "Traceback" not in served.said
    assert os.listdir(small / ".cache" / "tmp") == []
    assert not (small / "site").exists()
    until(lambda: not living(elsewhere))
    killed = ["pymp-*"] if how == signal.SIGKILL else []  # where Python's process that forks others was to be spoken to
    until(lambda: not [path for path in elsewhere.iterdir() if not any(map(path.match, killed))])


HOLDING = """import os, time

def on_pre_build(config):
    while os.path.exists({hold!r}):
        open({begun!r}, "w").close()
        time.sleep(0.05)
"""
MOMENTS = {  # what has just come true when the signal comes
    "a page is rendered again": lambda served, _: served.shows("Its end is"),
    "the complete build renders": lambda served, hold: served.until(begun(hold).exists),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_soon_after_an_edit_says_nothing(moment, small, serve, tmp_path):
    """The complete build renders for as long as a file is there; what it renders is moved at once, and would be missed."""
    hold = tmp_path / "hold"
    (small / "holding.py").write_text(HOLDING.format(hold=str(hold), begun=str(begun(hold))))
    change(small / "mkdocs.yml", "nav: [index.md]", "nav: [index.md]\nhooks: [holding.py]")
    served = serve(small)
    assert served.shows("It ends at")
    hold.touch()
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")
    assert MOMENTS[moment](served, hold)
    served.end(signal.SIGINT)
    assert served.process.returncode == 0
    assert "ended early" not in served.said
    assert "Traceback" not in served.said


def test_a_port_that_cannot_be_had(small, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BookError, match=f"port {port} is in use. Choose another: make serve PORT="):
            server.Server(port, tmp_path, tmp_path)
    with pytest.raises(BookError, match="port 99999 cannot be had"):
        server.Server(99999, tmp_path, tmp_path)


def test_a_folder_of_another_process_is_left_alone(small):
    with build.workplace(small) as mine:
        (mine / "page").write_text("x")
        build.build(small)
        with build.workplace(small):
            pass
        assert (mine / "page").exists()
    assert os.listdir(small / ".cache" / "tmp") == []


def test_in_a_browser(shown, browser):
    small, served = shown.root, shown
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    assert served.until(lambda: served.get("zh/"))
    page.goto(served.address + "zh/")
    page.wait_for_selector("text=终点是 1.5")  # the page that waits gives way
    page.evaluate("window.mark = 1")
    change(snippet(small), "y = [0.0", "y = = [0.0")
    page.wait_for_selector("#serve-note.failed >> text=snippets/chapter/line.py:5: SyntaxError")
    assert page.evaluate("window.mark") == 1  # in the page that is open
    change(snippet(small), "y = = [0.0, 1.5", "y = [0.0, 2.5")
    page.wait_for_selector("text=终点是 2.5")
    assert not page.locator("#serve-note").is_visible()
    page.close()


WORKER = """
addEventListener("install", (event) => event.waitUntil(caches.open("downhill old").then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => event.respondWith(fetch(event.request).catch(() => new Response("old"))));
"""


def test_what_a_published_book_has_left_in_the_browser_goes(small, serve, browser, tmp_path):
    """A service worker of a book that another server showed at the same port: it would answer when this one is shut."""
    (tmp_path / "index.html").write_text("<title>old</title>")
    (tmp_path / "sw.js").write_text(WORKER)
    context = browser.new_context()
    page = context.new_page()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)) as published:
        threading.Thread(target=published.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{published.server_port}/")
        page.evaluate("navigator.serviceWorker.register('/sw.js')")
        page.wait_for_function("navigator.serviceWorker.controller")
        published.shutdown()
    served = serve(small, port=published.server_port)
    assert served.shows("It ends at")
    page.goto(served.address + "en/")
    page.wait_for_function("navigator.serviceWorker.getRegistrations().then((found) => !found.length)")
    page.wait_for_function("caches.keys().then((names) => !names.length)")
    served.end()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(served.address + "en/")
    context.close()
