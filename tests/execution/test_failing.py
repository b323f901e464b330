"""Whatever a snippet does, the build says what and where, publishes nothing, and no other snippet is harmed."""

import re

import pytest

from downhill import BookError
from downhill.execution import runner
from downhill.execution.cache import Cache
from downhill.manuscript.book import Book
from tests.small import CATALOGUE, SNIPPET, change, fails, snippet, write_catalogue, write_small

pytestmark = pytest.mark.usefixtures("kept_worker")

WHERE = "docs/zh/index.md:9, docs/en/index.md:9: snippets/chapter/line.py"
FENCE = """
```python exec="on"
--8<-- "chapter/{name}.py"
```

/// figure | fig-{name}
    alt: {alt}

{alt}
///
"""

FAULTS = {
    "raises": ("1 / 0", f"{WHERE}:7: ZeroDivisionError: division by zero"),
    "raises in a function": ("import json; json.loads('{')", f"{WHERE}:7: JSONDecodeError"),
    "exits": ("raise SystemExit(0)", f"{WHERE}:7: exits (SystemExit: 0)"),
    "leaves": ("import os; os._exit(0)", f"{WHERE}: ended its process (status 0) before it was through"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", f"{WHERE}: killed by SIGKILL"),
    "is asked to end": ("import os; os.kill(os.getpid(), 15)", f"{WHERE}: killed by SIGTERM"),
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
        "plt.rcParams['figure.max_open_warning'] = 0; [plt.figure().text(0, 0, '1') for _ in range(1000)]; plt.show()",
        f"{WHERE}:7: shows more than 20 figures",
    ),
    "reads the keyboard": ("input()", f"{WHERE}:7: EOFError"),
}


CHANGES = {
    "a file": "open({path!r}, 'w')",
    "a name": "import os; os.rename({path!r}, {path!r} + '~')",
    "a file, below": "import pathlib; pathlib.Path({path!r}).unlink()",
    "the cache": "import os; os.makedirs({root!r} + '/.cache/runs/mine')",
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory) -> dict[str, str]:
    """What is said of each of these programs, all of which ran together."""
    root = write_small(tmp_path_factory.mktemp("failing") / "book")
    lines = {name: line for name, (line, _) in FAULTS.items()}
    lines |= {name: line.format(root=str(root), path=str(root / "matplotlibrc")) for name, line in CHANGES.items()}
    text = (root / "matplotlibrc").read_text()
    for number, line in enumerate(lines.values()):
        source = SNIPPET.replace("# two points are enough", line)
        (snippet(root).parent / f"fault{number}.py").write_text(source, encoding="utf-8")
        for language, alt in (("en", "A rising line."), ("zh", "一条上升的直线。")):
            with (root / "docs" / language / "index.md").open("a", encoding="utf-8") as page:
                page.write(FENCE.format(name=f"fault{number}", alt=alt))
    with pytest.raises(BookError) as error:
        runner.run(Book(root))
    assert (root / "matplotlibrc").read_text() == text
    told = dict(re.findall(r"^(docs/.*?fault\d+\.py)(.*?)(?=\ndocs/|\Z)", str(error.value), re.MULTILINE | re.DOTALL))
    by_number = {int(re.search(r"fault(\d+)", place)[1]): (place, rest) for place, rest in told.items()}
    page = (root / "docs" / "en" / "index.md").read_text(encoding="utf-8").split("\n")
    found = {}
    for number, name in enumerate(lines):
        place, rest = by_number[number]
        line = page.index(f'--8<-- "chapter/fault{number}.py"')
        assert place == f"docs/zh/index.md:{line}, docs/en/index.md:{line}: snippets/chapter/fault{number}.py"
        found[name] = WHERE + rest.replace(str(root), "BOOK")
    assert len(told) == len(lines), "the one that has no fault is not named"
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_a_snippet_that(fault, failed):
    assert FAULTS[fault][1] in failed[fault]


@pytest.mark.parametrize("what", CHANGES)
def test_a_snippet_that_changes_the_book(what, failed):
    assert f"{WHERE}:7: changes BOOK" in failed[what]
    assert "writes into its own folder only" in failed[what]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1 / 0", f"{WHERE}:7: ZeroDivisionError: division by zero"),
        ("y = = 2", f"{WHERE}:7: SyntaxError"),
        ("import os; os.kill(os.getppid(), 9)", "the process that runs the snippets ended early (status -9)"),
    ],
)
def test_no_page_is_written_of_a_book_with_a_snippet_that_fails(line, message, small):
    change(snippet(small), "# two points are enough", line)
    write_catalogue(small, {k: v for k, v in CATALOGUE.items() if k != "two points are enough"})
    assert message in fails(small)


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


@pytest.fixture(scope="module")
def after(ran, tmp_path_factory) -> dict[str, tuple]:
    """What the program of the small book leaves after each of these, in one process after the other: figures, text, values."""
    root = write_small(tmp_path_factory.mktemp("harmless") / "book")
    seconds = {}
    for number, line in enumerate(HARMLESS.values()):
        other = SNIPPET.replace("# two points are enough", line.replace("\\\\", "\\"))
        for name, source in ((f"harmless{number}", other), (f"line{number}", SNIPPET)):
            (snippet(root).parent / f"{name}.py").write_text(source)
            seconds[f"chapter/{name}"] = 1000.0 - len(seconds)  # the longest runs first
    Cache(Book(root)).note_seconds(seconds)
    left = runner.run(Book(root), seconds, parallel=1)
    return {what: left[f"chapter/line{number}"] for number, what in enumerate(HARMLESS)}


@pytest.mark.parametrize("what", HARMLESS)
def test_no_snippet_harms_another(what, ran, after):
    alone, together = (
        [result.printed, result.values, re.sub(r"chapter-line\d*-1-\w+", "id", str(result.figures))]
        for result in (runner.run(Book(ran))["chapter/line"], after[what])
    )
    assert together == alone


def test_a_snippet_that_hangs(small):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nwhile True:\n    pass")
    assert f"{WHERE}: still running after 2 s, the time limit" in fails(small, timeout=2)


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
