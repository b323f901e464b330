"""Whatever a snippet does, the build says what and where, publishes nothing, and no other snippet is harmed."""

import pytest

from downhill.execution import runner
from downhill.manuscript.book import Book
from tests.small import CATALOGUE, SNIPPET, change, fails, snippet, write_catalogue

WHERE = "docs/zh/index.md:9, docs/en/index.md:9: snippets/chapter/line.py"


FAULTS = {
    "raises": ("1 / 0", f"{WHERE}:7: ZeroDivisionError: division by zero"),
    "raises in a function": ("import json; json.loads('{')", f"{WHERE}:7: JSONDecodeError"),
    "exits": ("raise SystemExit(0)", f"{WHERE}:7: exits (SystemExit: 0)"),
    "leaves": ("import os; os._exit(0)", f"{WHERE}: ended its process (status 0) before it was through"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", f"{WHERE}: killed by SIGKILL"),
    "is asked to end": ("import os; os.kill(os.getpid(), 15)", f"{WHERE}: killed by SIGTERM"),
    "is no Python": ("y = = 2", f"{WHERE}:7: SyntaxError"),
    "does not show its figure": ("plt.show = print; plt.show()", "draws a figure that it does not show"),
    "shows a missing glyph": ("plt.title('\\u2e80')", ":7: no font of the figures has U+2E80"),
    "shows a colour of no theme": ("plt.axhline(0, color='red')", f"{WHERE}:7: the colour red (#ff0000) is none of the book's"),
    "shows a word that is not in the catalogue": (
        "plt.title(str(plt.gca)[1:9])",
        "stands on the figure, but is no literal",
    ),
    "prints 100 MB": ("print('x' * 100_000_000)", f"{WHERE}:7: prints more than 100000 bytes"),
    "prints past Python": ("import os; os.write(1, b'x' * 200_000)", "prints more than 100000 bytes"),
    "recurses for ever": ("f = lambda: f(); f()", f"{WHERE}:7: RecursionError"),
    "runs out of memory": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33)); bytes(2**34)",
        f"{WHERE}:7: MemoryError",
    ),
    "crashes": ("import ctypes; ctypes.string_at(0)", f"{WHERE}: killed by SIGSEGV"),
    "opens 1,000 figures": (
        "plt.rcParams['figure.max_open_warning'] = 0; [plt.figure() for _ in range(1000)]; plt.show()",
        f"{WHERE}:7: shows more than 20 figures",
    ),
    "kills the process that runs it": (
        "import os; os.kill(os.getppid(), 9)",
        "the process that runs the snippets ended early (status -9)",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_snippet_that(fault, small):
    line, message = FAULTS[fault]
    change(snippet(small), "# two points are enough", line)
    write_catalogue(small, {k: v for k, v in CATALOGUE.items() if k != "two points are enough"})
    assert message in fails(small)


CHANGES = {
    "a file": "open({path!r}, 'w')",
    "a name": "import os; os.rename({path!r}, {path!r} + '~')",
    "a file, below": "import pathlib; pathlib.Path({path!r}).unlink()",
    "the cache": "import os; os.makedirs({root!r} + '/.cache/runs/mine')",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_snippet_that_changes_the_book(what, small):
    text = (small / "matplotlibrc").read_text()
    line = CHANGES[what].format(root=str(small), path=str(small / "matplotlibrc"))
    change(snippet(small), "# two points are enough", line)
    write_catalogue(small, {k: v for k, v in CATALOGUE.items() if k != "two points are enough"})
    message = fails(small)
    assert f"{WHERE}:7: changes {small}" in message
    assert "writes into its own folder only" in message
    assert (small / "matplotlibrc").read_text() == text


HARMLESS = {
    "writes a file": "open('note.txt', 'w').write('x'); import os; assert os.path.exists('note.txt')",
    "changes the style": "plt.rcParams.update({'lines.linewidth': 9, 'font.size': 30})",
    "changes the locale": "import locale; locale.setlocale(locale.LC_ALL, 'C')",
    "changes the environment": "import os; os.environ.update(TZ='Asia/Tokyo', OMP_NUM_THREADS='7'); os.chdir('/')",
    "leaves a thread": "import threading, time; threading.Thread(target=time.sleep, args=(500,)).start()",
    "leaves a process": "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(9)'])",
    "closes what is open": "import sys; sys.stdin.close()",
    "prints every character": "print('谷 ü \\0 \\x1b[31m \\ud83d'.encode('utf-8', 'replace').decode())",
}


@pytest.mark.parametrize("what", HARMLESS)
def test_no_snippet_harms_another(what, small):
    alone = runner.run(Book(small))["chapter/line"]
    other = SNIPPET.replace("# two points are enough", HARMLESS[what].replace("\\\\", "\\"))
    (small / "snippets" / "chapter" / "harmless.py").write_text(other)
    together = runner.run(Book(small), force=True, parallel=1)["chapter/line"]
    assert (together.figures, together.printed, together.values) == (alone.figures, alone.printed, alone.values)


def test_a_snippet_that_hangs(small):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nwhile True:\n    pass")
    assert f"{WHERE}: still running after 2 s, the time limit" in fails(small, timeout=2)


def test_a_snippet_that_reads_the_keyboard_finds_nothing(small):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\ninput()")
    assert "EOFError" in fails(small)


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_data_that_cannot_be_read(small, damage):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nMNIST = range\nMNIST(3)")
    path = small / "data" / "mnist" / "train-labels-idx1-ubyte.gz"
    path.unlink() if damage == "missing" else path.write_bytes(b"no gzip")
    message = fails(small)
    assert "train-labels-idx1-ubyte.gz" in message
    assert "git checkout -- data/mnist" in message


def test_snippets_do_not_see_each_other(small):
    change(
        snippet(small),
        "# two points are enough",
        "plt.rcParams['lines.linewidth'] = 9; import os; os.environ['X'] = '1'",
    )
    other = SNIPPET.replace("# two points are enough", "import os; assert 'X' not in os.environ, os.listdir() == ['other.py']")
    (small / "snippets" / "chapter" / "other.py").write_text(other)
    results = runner.run(Book(small), parallel=1)
    assert 'stroke-width="9"' in results["chapter/line"].figures["en"][0]
    assert 'stroke-width="9"' not in results["chapter/other"].figures["en"][0]
