"""The command line answers what it cannot do with one sentence."""

import errno
import os
import shutil
import subprocess
import sys

import pytest

from downhill import __main__
from tests.book import ROOT
from tests.small import change, snippet


def test_a_folder_that_is_no_book(tmp_path):
    command = [sys.executable, "-m", "downhill", "--root", str(tmp_path), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no mkdocs.yml here" in done.stderr


def test_an_unknown_snippet_on_the_command_line(small):
    command = [sys.executable, "-m", "downhill", "--root", str(small), "run", "chapter/lime"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no snippet chapter/lime; did you mean chapter/line?" in done.stderr


@pytest.mark.parametrize(("command", "stays"), [("build", True), ("translate", False), ("run", False)])
def test_the_site_is_spoken_of_where_there_is_one(command, stays, small, monkeypatch, capsys):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "a file")

    monkeypatch.setattr("downhill.manuscript.book.Book.__init__", refuse)
    assert __main__.main(["--root", str(small), command]) == 1
    message = capsys.readouterr().err
    assert message.startswith("downhill: a file: Permission denied; make it readable and writable for you, and run this again")
    assert ("the last good site stays" in message) == stays


DROPPING = """
import signal, sys, time
from downhill import __main__

class Ended:
    def __del__(self):  # what is raised here Python drops, as it does where a weak reference ends
        signal.raise_signal(getattr(signal, sys.argv[1]))
        time.sleep(0)

def act(*_):
    Ended()
    print("dropped", flush=True)
    while True:
        time.sleep(1)

__main__.act = act
sys.exit(__main__.main(["--root", sys.argv[2], "build"]))
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_an_interrupt_that_python_drops_comes_again(name, bare):
    command = [sys.executable, "-c", DROPPING, name, str(bare)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("dropped\n", 130)
    assert "interrupted" in done.stderr and "Traceback" not in done.stderr


def test_two_clones_never_see_each_others_code(small):
    """A second copy of the machinery, changed so that each process which uses it shows that it does."""
    shutil.copytree(ROOT / "downhill", small / "downhill", ignore=shutil.ignore_patterns("__pycache__"))
    change(small / "downhill" / "execution" / "printed.py", 'return "\\n".join(', 'return "ours " + "\\n".join(')
    change(small / "downhill" / "markdown" / "fence.py", '<pre class="printed"', '<pre class="printed ours"')
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nprint(7)")
    said = subprocess.run(
        [shutil.which("downhill", path=os.path.dirname(sys.executable)), "--root", str(small), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{small} has a downhill of its own" in said.stderr
    for generator, folder in (("mkdocs", "site"), ("zensical", "site-zensical")):
        command = [sys.executable, "-m", "downhill", "build", "--with", generator]
        subprocess.run(command, cwd=small, check=True, env={**os.environ, "PYTHONPATH": ""})
        page = (small / folder / "en" / "index.html").read_text(encoding="utf-8")
        assert '<pre class="printed ours"' in page, "the process that renders"
        assert "ours 7" in page, "the process that runs snippets"
