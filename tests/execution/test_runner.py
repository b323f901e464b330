"""In which order snippets run, and that it does not matter how their processes start."""

import pytest

from downhill.execution import cache, report, runner
from downhill.manuscript.book import Book
from tests.laboratory import write_notebook
from tests.small import SNIPPET


def test_the_longest_runs_first(small):
    for name in ("first", "second", "third"):
        (small / "snippets" / "chapter" / f"{name}.py").write_text(SNIPPET)
    said, started, kept = report.Report(lambda text: None), [], cache.Cache(book := Book(small))
    said.start = started.append
    runner.run(book, parallel=1, say=said)
    assert kept.seconds().keys() == {"chapter/first", "chapter/line", "chapter/second", "chapter/third"} == set(started)
    kept.note_seconds({"chapter/first": 0.2, "chapter/second": 0.9, "chapter/third": 0.5, "chapter/line": 0.1})
    started.clear()
    runner.run(book, parallel=1, say=said, force=True)
    assert started == ["chapter/second", "chapter/third", "chapter/first", "chapter/line"]


def test_what_has_never_run_begins_with_what_is_likely_to_take_longest(small):
    write_notebook(small)
    sources = {"digits": "from torchvision.datasets import MNIST", "tensor": "import torch", "measured": "x = 1"}
    for name, source in sources.items():
        (small / "snippets" / "chapter" / f"{name}.py").write_text(source)
    (small / "data" / "seconds.json").write_text('{"alone": {"chapter/measured": ["digest", 20.0]}, "page": {}}')
    order = runner.by_length(book := Book(small), sorted(book.programs), {})
    assert order == ["labs/sums", "chapter/measured", "chapter/digits", "chapter/tensor", "chapter/line"]
    assert runner.by_length(book, order, {"chapter/line": 99.0})[0] == "chapter/line"


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


def test_a_system_that_cannot_fork_gives_the_same(small, monkeypatch):
    forked = runner.run(Book(small))
    monkeypatch.setattr(runner, "START", "spawn")
    spawned = runner.run(Book(small), force=True)
    assert spawned["chapter/line"].figures == forked["chapter/line"].figures
    assert spawned["chapter/line"].values == forked["chapter/line"].values


def test_no_setting_of_a_user_reaches_a_snippet(monkeypatch, tmp_path):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.setenv("MPLBACKEND", "a_users")
    monkeypatch.setenv("A_USERS", "setting")
    monkeypatch.setenv("HOME", "a home")
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    environment = runner.environment(tmp_path)
    assert environment["HOME"] == "a home"
    assert environment["MPLCONFIGDIR"] == str(tmp_path)
    assert environment.keys() - set(runner.KEPT) == {"PYTHONPATH", "MPLCONFIGDIR", *cache.STEADY}
    assert environment["OMP_NUM_THREADS"] == cache.STEADY["OMP_NUM_THREADS"] != "7"
