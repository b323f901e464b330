"""`make serve`: an edit to a page, a snippet or a word shows up; a mistake leaves the last good site."""

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from downhill import BookError
from downhill.site import serve
from tests.small import change, snippet


@pytest.fixture
def served(small):
    """The address of the small book, served; ends the server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "downhill", "--root", str(small), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            for line in process.stdout:
                if line.startswith("serving at"):
                    break
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def appears(address: str, text: str, seconds: float = 60) -> bool:
    """Return whether the page at address shows the text before the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address) as answer:
            if text in answer.read().decode():
                return True
        time.sleep(0.3)
    return False


def test_edits_show_up(small, served):
    assert appears(served + "en/", "It ends at")
    with urllib.request.urlopen(served + "en/") as answer:
        assert "livereload" in answer.read().decode()
    change(small / "docs" / "en" / "index.md", "It ends at", "Its last value is")
    assert appears(served + "en/", "Its last value is")
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    assert appears(served + "zh/", "终点是 2.5")
    assert appears(served + "en/assets/search-en.js", "Its last value is 2.5")  # by the complete build that follows
    change(small / "docs" / "en" / "index.md", "{{ line: y[1]:.1f }}", "{{ line: z }}")
    assert not appears(served + "en/", "{{", seconds=6)
    assert appears(served + "en/", "Its last value is 2.5")


def test_a_new_page_and_a_page_that_goes(small, served):
    assert appears(served + "en/", "It ends at")
    for language in ("zh", "en"):
        (small / "docs" / language / "more.md").write_text("# More {#more}\n\n[](index.md)\n".replace("[]", "[x]"))
    change(small / "mkdocs.yml", "nav: [index.md]", "nav: [index.md, more.md]")
    assert appears(served + "en/more/", "More")
    change(small / "mkdocs.yml", "nav: [index.md, more.md]", "nav: [index.md]")
    for language in ("zh", "en"):
        (small / "docs" / language / "more.md").unlink()
    end = time.monotonic() + 60
    while (small / "site" / "en" / "more").exists():
        assert time.monotonic() < end, "the page that went is still there"
        time.sleep(0.3)
    assert appears(served + "zh/", "终点是")


def test_an_address_that_leads_nowhere(served):
    assert appears(served + "en/", "It ends at")
    with pytest.raises(urllib.error.HTTPError, match="404") as error:
        urllib.request.urlopen(served + "en/nowhere/")
    assert re.search("Nothing stands at this address", error.value.read().decode())


def test_a_port_in_use(small):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BookError, match=f"port {port} is in use"):
            serve.serve(small, port)
