"""Whatever goes wrong, the build says what and where, publishes nothing, and leaves cache and site sound."""

import errno
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from downhill import BookError, __main__
from downhill.execution import cache, report, runner
from downhill.manuscript.book import Book
from downhill.site import build, serve
from downhill.site.build import recover
from tests.book import ROOT
from tests.small import CATALOGUE, SNIPPET, change, content, fails, snippet, write_catalogue

WHERE = "docs/zh/index.md:9, docs/en/index.md:9: snippets/chapter/line.py"
FAULTS = {
    "raises": ("1 / 0", f"{WHERE}:7: ZeroDivisionError: division by zero"),
    "raises in a function": ("import json; json.loads('{')", f"{WHERE}:7: JSONDecodeError"),
    "exits": ("raise SystemExit(0)", f"{WHERE}:7: exits (SystemExit: 0)"),
    "leaves": ("import os; os._exit(0)", f"{WHERE}: ended its process (status 0) before it was through"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", f"{WHERE}: killed by SIGKILL"),
    "is no Python": ("y = = 2", f"{WHERE}:7: SyntaxError"),
    "does not show its figure": ("plt.show = print; plt.show()", "draws a figure that it does not show"),
    "shows a missing glyph": ("plt.title('\\u2e80')", "Glyph 11904"),
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
    together = runner.run(Book(small), force=True, parallel=1, timeout=60)["chapter/line"]
    assert (together.figures, together.printed, together.values) == (alone.figures, alone.printed, alone.values)


def test_a_snippet_that_hangs(small):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nwhile True:\n    pass")
    assert f"{WHERE}: still running after 2 s, the time limit" in fails(small, timeout=2)


def test_a_snippet_that_reads_the_keyboard_finds_nothing(small):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\ninput()")
    assert "EOFError" in fails(small)


def test_a_missing_snippet(small):
    snippet(small).unlink()
    assert "docs/en/index.md:9: shows snippets/chapter/line.py, which does not exist" in fails(small)


def test_a_snippet_that_no_page_shows(small):
    (small / "snippets" / "chapter" / "other.py").write_text('"""A line, drawn."""\nprint(1)\n')
    assert "snippets/chapter/other.py: no page shows it" in fails(small)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source="above"', 'sourse="above"', "unknown fence option sourse; known are exec, source"),
        ('source="above"', 'source="left"', 'the fence option source is "above" or "below", not "left"'),
        ('exec="on" source="above"', "exec=on", "is no fence option"),
        ("{{ line: y[1]:.1f }}", "{{ line: z[1]:.1f }}", "cannot be had: NameError"),
        ("{{ line: y[1]:.1f }}", "{{ lime: y[1]:.1f }}", "“lime” is no snippet"),
        ("y = 1.5 x", "y = \\frac{1.5", "docs/zh/index.md:5: "),
        ("[](#fig-line)", "[](#fig-lime)", "a reference to #fig-lime"),
        (
            "$$\ny = 1.5 x",
            "/// figure | fig-two\n    alt: Another rising line.\n\nTwo.\n///\n\n$$\ny = 1.5 x",
            "docs/zh: the caption fig-two does not come directly after a figure",
        ),
    ],
)
def test_a_page_with_a_mistake(small, old, new, message):
    for language in ("zh", "en"):
        change(small / "docs" / language / "index.md", old, new)
    assert message in fails(small)


def test_a_figure_without_alternative_text(small):
    change(small / "docs" / "zh" / "index.md", "    alt: 一条上升的直线。\n", "    alt: ''\n")
    assert "no alternative text" in fails(small)


def test_a_figure_without_caption(small):
    for language in ("zh", "en"):
        page = small / "docs" / language / "index.md"
        page.write_text(page.read_text(encoding="utf-8").partition("/// figure")[0].replace(", [](#fig-line)", ""))
    assert "has no caption" in fails(small)


def test_twins_that_differ(small):
    change(small / "docs" / "zh" / "index.md", "$$\ny = 1.5 x", "$$\ny = 1.6 x")
    assert "docs/zh/index.md:6: is verbatim in English" in fails(small)


def test_a_stale_translation(small):
    write_catalogue(small, {**CATALOGUE, "line": ""})
    assert "snippets/chapter/line.py:9: no Chinese for “line”" in fails(small)


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_data_that_cannot_be_read(small, damage):
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nMNIST = range\nMNIST(3)")
    path = small / "data" / "mnist" / "train-labels-idx1-ubyte.gz"
    path.unlink() if damage == "missing" else path.write_bytes(b"no gzip")
    message = fails(small)
    assert "train-labels-idx1-ubyte.gz" in message
    assert "git checkout -- data/mnist" in message


def test_a_failed_build_leaves_the_last_good_site(small):
    build.build(small)
    before = content(small / "site")
    change(snippet(small), "# two points", "1 / 0  # two points")
    with pytest.raises(BookError):
        build.build(small)
    assert content(small / "site") == before


def test_a_damaged_cache_entry_is_run_again(small):
    build.build(small)
    before = content(small / "site")
    for entry in list((small / ".cache" / "runs").iterdir()):
        entry.write_bytes(entry.read_bytes()[:-100])
        said = []
        build.build(small, report.Report(said.append))
        assert said[:1] == ([] if entry.suffix == ".figures" else ["running 1 of 1 snippets"])
        assert content(small / "site") == before


def test_a_cache_entry_of_another_version_is_run_again(small):
    build.build(small)
    before = content(small / "site")
    (entry,) = set((small / ".cache" / "runs").glob("*.json")) - set((small / ".cache" / "runs").glob("*.svg.json"))
    cache.write(entry, b'{"printed": "", "numbers": {}}')
    said = []
    build.build(small, report.Report(said.append))
    assert said[0] == "running 1 of 1 snippets"
    assert content(small / "site") == before


FULL = {errno.ENOSPC: "make room on the disk", errno.EROFS: "put the book where it can be written to", errno.EACCES: "make it"}


@pytest.mark.parametrize("error", FULL)
def test_a_cache_that_cannot_be_written(small, error, monkeypatch, capsys):
    build.build(small)
    before = content(small / "site")
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")

    def refuse(*_, **__):
        raise OSError(error, os.strerror(error), "cache")

    with monkeypatch.context() as patch:
        patch.setattr(cache.tempfile, "mkstemp", refuse)
        assert __main__.main(["--root", str(small), "build"]) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"downhill: cache: {os.strerror(error)}; {FULL[error]}")
    assert "Traceback" not in message
    assert content(small / "site") == before
    change(snippet(small), "y = [0.0, 2.5]", "y = [0.0, 1.5]")
    build.build(small)
    assert content(small / "site") == before


def command(small, *words, **options) -> subprocess.Popen:
    """Start the command line on a book; it heeds Ctrl+C also where these tests ignore it."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    return subprocess.Popen([sys.executable, "-u", "-m", "downhill", "--root", str(small), *words], **heeding | options)


def test_a_disk_that_is_full_while_pages_are_written(small):
    """A limit on the size of files does what a full disk does: a write in the middle of a file fails."""
    build.build(small)
    before = content(small / "site")
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    with command(small, "build", preexec_fn=limit) as process:
        error = process.communicate()[1]
    assert process.returncode == 1
    assert "File too large" in error
    assert "Traceback" not in error
    assert content(small / "site") == before
    change(small / "docs" / "en" / "index.md", "Its end is", "It ends at")
    build.build(small)
    assert content(small / "site") == before


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build(small, stop):
    build.build(small)
    before = content(small / "site")
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nimport time\ntime.sleep(30)")
    with command(small, "build") as process:
        assert process.stdout.readline() == "running 1 of 1 snippets\n"
        time.sleep(3)
        process.send_signal(stop)
        error = process.communicate()[1]
    if stop == signal.SIGINT:
        assert process.returncode == 130
        assert "interrupted" in error
        assert "Traceback" not in error
    assert content(small / "site") == before
    snippet(small).write_text(SNIPPET)
    build.build(small)
    assert content(small / "site") == before


DYING = """
import os, sys
steps = int(sys.argv[1])
def dying(step):
    def move(*names, **options):
        global steps
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), 9)
        return step(*names, **options)
    return move
os.replace, os.rename = dying(os.replace), dying(os.rename)
from downhill.site import build
from pathlib import Path
build.build(Path(sys.argv[2]))
"""


def test_a_build_killed_before_each_of_its_moves(small):
    """Files are put in place by renaming them; between two renames nothing that counts changes on the disk."""
    build.build(small)
    before = content(small / "site")
    for step in range(1, 100):
        shutil.rmtree(small / ".cache" / "runs")
        died = subprocess.run([sys.executable, "-c", DYING, str(step), str(small)], cwd=ROOT, check=False).returncode
        if not died:
            break
        assert died == -signal.SIGKILL
        failed = not (small / "site").exists()  # between the two moves of `put`; whatever comes next puts it back
        recover(Book(small))
        assert content(small / "site") == before, (step, failed)
    assert step > 5
    build.build(small)
    assert content(small / "site") == before


def test_two_builds_at_once(small):
    build.build(small)
    before = content(small / "site")
    shutil.rmtree(small / ".cache")
    shutil.rmtree(small / "site")
    processes = [command(small, "build") for _ in range(3)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert sum("another build of this book is at work" in out for out, _ in said) >= 1
    assert sum("running 1 of 1 snippets" in out for out, _ in said) == 1
    assert content(small / "site") == before


def test_names_in_any_script(small):
    build.build(small)
    before = content(small / "site")
    elsewhere = small.parent / "书 架 é"
    shutil.copytree(small, elsewhere, ignore=shutil.ignore_patterns(".cache", "site"))
    build.build(elsewhere)
    assert content(elsewhere / "site") == before
    snippet(elsewhere).rename(elsewhere / "snippets" / "chapter" / "größe_线.py")
    for language in ("zh", "en"):
        change(elsewhere / "docs" / language / "index.md", "chapter/line.py", "chapter/größe_线.py")
        change(elsewhere / "docs" / language / "index.md", "{{ line:", "{{ größe_线:")
    build.build(elsewhere)
    assert "chapter-größe_线-1" in (elsewhere / "site" / "zh" / "index.html").read_text(encoding="utf-8")


JUMPING = """
import itertools, time
jumps, now = itertools.cycle([0, 1e9, -1e9, 3600]), time.time
time.time = lambda: now() + next(jumps)
"""


def test_a_clock_that_jumps(small, tmp_path):
    build.build(small)
    before = content(small / "site")
    shutil.rmtree(small / ".cache")
    for path in (snippet(small), small / "docs" / "en" / "index.md"):
        os.utime(path, (4e9, 4e9))
    (tmp_path / "sitecustomize.py").write_text(JUMPING)
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    with command(small, "build", env={**os.environ, "PYTHONPATH": path}) as process:
        assert process.communicate()[1] == ""
    assert process.returncode == 0
    assert content(small / "site") == before


def test_a_port_in_use(small):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BookError, match=f"port {port} is in use"):
            serve.serve(small, port)


def test_a_folder_that_is_no_book(tmp_path):
    command = [sys.executable, "-m", "downhill", "--root", str(tmp_path), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no mkdocs.yml here" in done.stderr


def test_an_old_python_and_a_missing_network_are_named(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    old = tmp_path / "python3.9"
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 9); exec(sys.argv[1])" "$2"\n')
    old.chmod(0o755)
    done = subprocess.run(["make", "build", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "needs Python 3.11 or newer" in done.stderr
    offline = {**os.environ, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    for name in ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        offline.pop(name, None)
    command = ["make", "build", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=tmp_path, env=offline, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "Installing failed" in done.stdout
    assert not (tmp_path / ".venv" / "installed").exists()


def test_an_unknown_snippet_on_the_command_line(small):
    command = [sys.executable, "-m", "downhill", "--root", str(small), "run", "chapter/lime"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no snippet chapter/lime; did you mean chapter/line?" in done.stderr
