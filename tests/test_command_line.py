"""The command line answers what it cannot do with one sentence."""

import errno
import os
import shutil
import subprocess
import sys

import pytest

from downhill import __main__
from tests import PATIENCE
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

BACKGROUND = sys.argv[1] != "SIGINT"  # where a shell lets what it starts ignore SIGINT
signal.signal(signal.SIGINT, signal.SIG_IGN if BACKGROUND else signal.default_int_handler)

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
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.stdout, done.returncode) == ("dropped\n", 130)
    assert "interrupted" in done.stderr and "Traceback" not in done.stderr


def test_two_clones_never_see_each_others_code(small):
    """A second copy of the machinery, changed so that each process which uses it shows that it does."""
    shutil.copytree(ROOT / "downhill", small / "downhill")
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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--verify", "--only", "adam"], "--only chooses from a run, --list, or --dry-run; leave it out with --verify"),
        (["--optimizer", "mine.py", "--only", "adam"], "--only chooses from a run, --list, or --dry-run; leave it out"),
        (["--optimizer", "mine.py", "--list"], "--optimizer goes alone, or with --dry-run; leave out --list and --verify"),
        (["--optimizer", "mine.py"], "--optimizer mine.py: name the workload to try it on; these take one: race"),
        (["--optimizer", "mine.py", "race"], "mine.py: cannot be read (No such file or directory); name a file with"),
        (["--device", "kuda"], "--device kuda: torch has no such device here"),
        (["--list", "--only", "adm"], "--only adm: no case has this value; did you mean adam?"),
        (["rase"], "no experiment rase; did you mean race?"),
    ],
)
def test_what_experiments_cannot_do_is_told_before_anything_runs(bare, capsys, words, said):
    (bare / "experiments").mkdir()
    text = "def own(low, high):\n    pass\n\n\ndef run(method, optimizer=None):\n    raise AssertionError\n"
    (bare / "experiments" / "race.py").write_text("CASES = SMALL = [{'method': 'adam'}]\n\n\n" + text)
    assert __main__.main(["--root", str(bare), "experiments", *words]) == 1
    assert said in capsys.readouterr().err


def test_experiments_are_listed_and_priced(bare, capsys):
    (bare / "experiments").mkdir()
    (bare / "experiments" / "race.py").write_text("CASES = SMALL = [{'a': 1}]\n\n\ndef run(a):\n    raise AssertionError\n")
    assert __main__.main(["--root", str(bare), "experiments", "--list"]) == 0
    assert __main__.main(["--root", str(bare), "experiments", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "race            1      0  has no frozen numbers",
        "race, 60000 digits: 1 of 1 cases to run, at a cost that is known when one has run",
    ]
