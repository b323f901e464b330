"""What the machinery does when nothing goes wrong."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from rich.console import Console

from downhill.execution import report, runner
from downhill.manuscript import packing, values
from downhill.manuscript.book import Book
from downhill.site import build
from downhill.site.render import commit_time
from tests.book import ROOT
from tests.small import CATALOGUE, SNIPPET, change, content, snippet, write_catalogue


def ran(small) -> list[tuple[str, str]]:
    """Build; return what was done with which snippet."""
    said = report.Report(lambda text: None)
    build.build(small, said)
    return [(row["name"], row["state"]) for row in said.rows if row["state"] != "cached"]


RUN, DRAWN = [("chapter/line", "run")], [("chapter/line", "drawn")]


def test_nothing_runs_twice(small):
    assert ran(small) == RUN
    assert ran(small) == []
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")
    assert ran(small) == []
    write_catalogue(small, {**CATALOGUE, "two points are enough": "两点足矣"})
    assert ran(small) == []  # no word of a figure
    change(small / "matplotlibrc", "lines.linewidth: 1.8", "lines.linewidth: 2.2")
    assert ran(small) == RUN
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    assert ran(small) == RUN
    assert len(list((small / ".cache" / "runs").iterdir())) == 3


def test_a_new_word_draws_and_does_not_run(small):
    assert ran(small) == RUN
    before = content(small / "site")
    write_catalogue(small, {**CATALOGUE, "line": "线段"})
    assert ran(small) == DRAWN
    assert "线段" in (small / "site" / "zh" / "index.html").read_text()
    write_catalogue(small, CATALOGUE)
    assert ran(small) == DRAWN
    assert content(small / "site") == before
    (kept,) = (small / ".cache" / "runs").glob("*.figures")
    kept.write_bytes(kept.read_bytes()[:-9])
    write_catalogue(small, {**CATALOGUE, "line": "线段"})
    assert ran(small) == RUN


def test_a_figure_with_a_function_of_the_snippet_is_kept(small):
    change(snippet(small), "ax.legend()", "ax.legend()\nax.xaxis.set_major_formatter(lambda x, _: f'{x:.0f}!')")
    assert ran(small) == RUN
    write_catalogue(small, {**CATALOGUE, "line": "线段"})
    assert ran(small) == DRAWN
    assert ">1!</text>" in (small / "site" / "zh" / "index.html").read_text()


def test_the_longest_runs_first(small):
    for name, line in {"first": "0.2", "second": "0.9", "third": "0.5"}.items():
        source = SNIPPET.replace("# two points are enough", f"import time; time.sleep({line})")
        (small / "snippets" / "chapter" / f"{name}.py").write_text(source)
    said = report.Report(lambda text: None)
    started = []
    said.start = started.append
    runner.run(Book(small), parallel=1, say=said)
    assert sorted(started) == ["chapter/first", "chapter/line", "chapter/second", "chapter/third"]
    started.clear()
    runner.run(Book(small), parallel=1, say=said, force=True)
    assert started == ["chapter/second", "chapter/third", "chapter/first", "chapter/line"]


@pytest.mark.skipif(runner.START != "fork", reason="where nothing is forked, each child imports torch for itself")
@pytest.mark.parametrize("cores", [1, 2])
def test_what_needs_no_torch_runs_while_torch_is_imported(small, cores):
    source = "import torch\n\none = torch.ones(1).item()\nprint(one)\n"
    (small / "snippets" / "chapter" / "tensor.py").write_text(source)
    said, started = report.Report(lambda text: None), []
    said.start = started.append
    results = runner.run(Book(small), parallel=cores, say=said)
    assert started == ["chapter/line", "chapter/tensor"]
    assert results["chapter/tensor"].values == {"one": 1.0}


def test_two_builds_are_the_same_bytes(small):
    build.build(small)
    before = content(small / "site")
    for folder in ("site", ".cache"):
        shutil.rmtree(small / folder)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"}
    command = [sys.executable, "-m", "downhill", "--root", str(small), "build", "--jobs", "1"]
    subprocess.run(command, check=True, cwd="/", env={**os.environ, **elsewhere, "PYTHONPATH": str(ROOT)})
    assert content(small / "site") == before


def test_the_book_is_the_same_bytes_when_it_is_built_elsewhere(site, tmp_path):
    """Everything is run again: in another folder, with another number of jobs, hash seed, locale, and time zone."""
    root = tmp_path / "another place"
    for name in ("docs", "snippets", "data"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "matplotlibrc"):
        shutil.copy(ROOT / name, root)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "PYTHONPATH": str(ROOT)}
    elsewhere["SOURCE_DATE_EPOCH"] = commit_time(ROOT)
    command = [sys.executable, "-m", "downhill", "--root", str(root), "build", "--jobs", "3"]
    subprocess.run(command, check=True, cwd="/", env={**os.environ, **elsewhere})
    assert content(root / "site") == content(site)


def test_what_was_run_is_told_as_json(small):
    command = [sys.executable, "-m", "downhill", "--root", str(small), "run", "chapter/line", "--json"]
    for state in ("run", "cached"):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        (row,) = json.loads(done.stdout)
        assert row["name"] == "chapter/line"
        assert row["state"] == state
    assert row.keys() == {"name", "state"}
    done = subprocess.run([*command, "--force"], check=True, capture_output=True, text=True)
    (row,) = json.loads(done.stdout)
    assert row["state"] == "run"
    assert row["seconds"] > 0
    assert row["peak_mb"] > 20
    assert "running 1 of 1 snippets" in done.stderr


def test_a_terminal_shows_what_runs(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    console = Console(file=io.StringIO(), force_terminal=True, width=80, no_color=True)
    live = report.LiveReport(console)
    live.begin([f"chapter/{i}" for i in range(8)], ["chapter/0"])
    for i in range(1, 8):
        live.start(f"chapter/{i}")
    live.live.refresh()
    for i in range(1, 8):
        live.end(f"chapter/{i}", "run", {"seconds": float(i), "peak_mb": 100 + i})
    live.close()
    shown = console.file.getvalue()
    assert re.search(r"chapter/3 +runs +0 s", shown)
    assert "1 of 8 snippets" in shown
    assert "28.0 s in 7 snippets; the slowest:" in shown
    assert shown.index("   7.0 s") < shown.index("   6.0 s")
    assert "   2.0 s" not in shown


def test_a_system_that_cannot_fork_gives_the_same(small, monkeypatch):
    forked = runner.run(Book(small))
    monkeypatch.setattr(runner, "START", "spawn")
    spawned = runner.run(Book(small), force=True)
    assert spawned["chapter/line"].figures == forked["chapter/line"].figures
    assert spawned["chapter/line"].values == forked["chapter/line"].values


def test_snippets_do_not_see_each_other(small):
    change(
        snippet(small),
        "# two points are enough",
        "plt.rcParams['lines.linewidth'] = 9; import os; os.environ['X'] = '1'",
    )
    other = SNIPPET.replace("# two points are enough", "import os; assert 'X' not in os.environ, os.listdir() == []")
    (small / "snippets" / "chapter" / "other.py").write_text(other)
    results = runner.run(Book(small), parallel=1)
    assert 'stroke-width="9"' in results["chapter/line"].figures["en"][0]
    assert 'stroke-width="9"' not in results["chapter/other"].figures["en"][0]


def test_a_figure_is_in_the_language_and_colours_of_its_page(small):
    build.build(small)
    pages = {language: (small / "site" / language / "index.html").read_text() for language in ("zh", "en")}
    for language, word in (("zh", "损失"), ("en", "loss")):
        drawing = re.search(r"<svg.*?</svg>", pages[language][pages[language].index('class="drawing"') :], re.DOTALL)[0]
        root = ET.fromstring(drawing)
        texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
        assert word in texts
        assert "var(--fig-1)" in drawing
        assert not re.search(r"#[0-9a-f]{6}\b", drawing)
        assert "style=" not in drawing
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert all(identity.startswith("chapter-line-1-") for identity in ids)
    assert 'aria-label="一条上升的直线。"' in pages["zh"]
    assert 'aria-label="A rising line."' in pages["en"]


def test_numbers_and_references_are_filled_in(small):
    build.build(small)
    page = re.sub("<[^>]+>", "", (small / "site" / "zh" / "index.html").read_text())
    assert "终点是 1.5, 图 1, 式（1）." in page
    page = re.sub("<[^>]+>", "", (small / "site" / "en" / "index.html").read_text())
    assert "It ends at 1.5, Figure 1, (1)." in page


def test_values_come_back_as_they_were():
    import numpy as np
    import torch

    from downhill.manuscript.packing import packed

    for value in (1, 2.5, "a", True, [1.0, 2.0], (1, "b"), {0.1: [1.0], "k": 2}):
        assert packing.unpack(packed(value)) == value
    assert packing.unpack(packed(np.eye(2))).tolist() == [[1, 0], [0, 1]]
    assert packing.unpack(packed(torch.tensor(0.5))) == 0.5
    assert len(packing.unpack(packed(torch.utils.data.TensorDataset(torch.zeros(7))))) == 7
    assert packed(print) is None
    assert (
        values.substitute("a {{ s: max(x):.2f }}%", {"s": packing.Unpacked({"x": packed([1.0, 3.0])})}.__getitem__) == "a 3.00%"
    )
