"""Whatever goes wrong, the build says what and where, publishes nothing, and leaves cache and site sound."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from downhill import BookError, report, runner, serve, site
from tests.conftest import CATALOGUE, ROOT, SNIPPET, write_catalogue


def snippet(small):
    return small / "snippets" / "chapter" / "line.py"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fails(small, timeout=runner.TIMEOUT) -> str:
    """Build; return the message with which it fails, having seen that no page was written."""
    with pytest.raises(BookError) as error:
        site.build(small, timeout=timeout)
    assert not (small / "site").exists()
    return str(error.value)


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
    "prints without end": ("print('x' * 1_000_000)", "prints more than 100000 bytes"),
    "recurses for ever": ("f = lambda: f(); f()", f"{WHERE}:7: RecursionError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_snippet_that(fault, small):
    line, message = FAULTS[fault]
    change(snippet(small), "# two points are enough", line)
    write_catalogue(small, {k: v for k, v in CATALOGUE.items() if k != "two points are enough"})
    assert message in fails(small)


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
    site.build(small)
    before = content(small / "site")
    change(snippet(small), "# two points", "1 / 0  # two points")
    with pytest.raises(BookError):
        site.build(small)
    assert content(small / "site") == before


def test_a_damaged_cache_entry_is_run_again(small):
    site.build(small)
    before = content(small / "site")
    for entry in list((small / ".cache" / "runs").iterdir()):
        entry.write_bytes(entry.read_bytes()[:-100])
        said = []
        site.build(small, report.Report(said.append))
        assert said[:1] == ([] if entry.suffix == ".figures" else ["running 1 of 1 snippets"])
        assert content(small / "site") == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build(small, stop):
    site.build(small)
    before = content(small / "site")
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 1.5]\nimport time\ntime.sleep(30)")
    command = [sys.executable, "-u", "-m", "downhill", "--root", str(small), "build"]
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}  # also where this test ignores it
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **heeding) as process:
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
    site.build(small)
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
    assert "no snippet chapter/lime; there are: chapter/line" in done.stderr
