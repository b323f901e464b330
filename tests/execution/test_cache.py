"""What has run is not run again, and a damaged result is."""

import errno
import os
import time
from dataclasses import asdict

import pytest

from downhill import __main__
from downhill.execution import cache, report, runner
from downhill.manuscript.book import Book
from downhill.site import build
from tests.small import CATALOGUE, change, content, snippet, write_catalogue

pytestmark = pytest.mark.usefixtures("kept_worker")


def ran(small) -> list[tuple[str, str]]:
    """Run what is to run before pages are written; return what was done with which snippet."""
    said = report.Report(lambda text: None)
    build.prepare(Book(small), said)
    return [(row["name"], row["state"]) for row in said.rows if row["state"] != "cached"]


def left(small) -> dict:
    """Return what the program has left for pages, in both languages."""
    return asdict(cache.Cache(Book(small)).result("chapter/line"))


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
    change(snippet(small), "y = [0.0, 2.5]", "y = [0.0, 1.5]")
    change(small / "matplotlibrc", "lines.linewidth: 2.2", "lines.linewidth: 1.8")
    write_catalogue(small, CATALOGUE)
    assert ran(small) == []  # all of it is undone


def age(path, days: float) -> None:
    """Make a file look as if it was last used some days ago."""
    os.utime(path, (time.time() - days * 86_400,) * 2)


def use(small) -> None:
    """Do with the cache what a build does."""
    book = Book(small)
    runner.run(book, say=report.Report(lambda text: None))
    cache.Cache(book).prune()


def test_results_are_kept_by_age_and_size(small, monkeypatch):
    runs = small / ".cache" / "runs"
    use(small)
    first = set(runs.iterdir())
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    use(small)
    second = set(runs.iterdir()) - first
    for path in first:
        age(path, 29)
    use(small)
    assert set(runs.iterdir()) == first | second
    for path in first | second:
        age(path, 31)
    (runs / "left.part").write_bytes(b"by a build that was killed")
    age(runs / "left.part", 1)
    use(small)
    assert set(runs.iterdir()) == second, "what the book has stays, however old"
    change(snippet(small), "y = [0.0, 2.5]", "y = [0.0, 3.5]")
    monkeypatch.setattr(cache, "KEPT_BYTES", 1)
    use(small)
    assert set(runs.iterdir()) > second, "what another process may just be reading stays"
    for path in second:
        age(path, 1)
    use(small)
    assert len(list(runs.iterdir())) == 3
    assert not second & set(runs.iterdir())


def test_a_new_word_draws_and_does_not_run(small):
    assert ran(small) == RUN
    before = left(small)
    write_catalogue(small, {**CATALOGUE, "line": "线段"})
    assert ran(small) == DRAWN
    assert "线段" in left(small)["figures"]["zh"][0]
    write_catalogue(small, CATALOGUE)
    assert ran(small) == []
    assert left(small) == before
    (kept,) = (small / ".cache" / "runs").glob("*.figures")
    kept.write_bytes(kept.read_bytes()[:-9])
    write_catalogue(small, {**CATALOGUE, "line": "折线"})
    assert ran(small) == RUN


def test_a_figure_with_a_function_of_the_snippet_is_kept(small):
    change(snippet(small), "ax.legend()", "ax.legend()\nax.xaxis.set_major_formatter(lambda x, _: f'{x:.0f}!')")
    assert ran(small) == RUN
    write_catalogue(small, {**CATALOGUE, "line": "线段"})
    assert ran(small) == DRAWN
    assert ">1!</text>" in left(small)["figures"]["zh"][0]


def lasting(result: dict) -> dict:
    """Return what is the same of each run."""
    return {part: result[part] for part in result.keys() - {"seconds", "peak_mb"}}


def test_a_damaged_cache_entry_is_run_again(small, at_hand):
    before = left(small)
    for entry in list((small / ".cache" / "runs").iterdir()):
        entry.write_bytes(entry.read_bytes()[:-100])
        said = []
        build.prepare(Book(small), report.Report(said.append))
        assert ("running 1 of 1 snippets" in said) == (entry.suffix != ".figures")
        assert lasting(left(small)) == lasting(before)


def test_a_cache_entry_of_another_version_is_run_again(small, at_hand):
    before = left(small)
    (entry,) = set((small / ".cache" / "runs").glob("*.json")) - set((small / ".cache" / "runs").glob("*.svg.json"))
    cache.write(entry, b'{"printed": "", "numbers": {}}')
    said = []
    build.prepare(Book(small), report.Report(said.append))
    assert said[0] == "running 1 of 1 snippets"
    assert lasting(left(small)) == lasting(before)


FULL = {errno.ENOSPC: "make room on the disk", errno.EROFS: "put the book where it can be written to", errno.EACCES: "make it"}


def test_a_cache_that_cannot_be_written(small, at_hand, monkeypatch, capsys):
    build.build(small)
    before = content(small / "site")
    change(snippet(small), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    for error, advice in FULL.items():

        def refuse(*_, error=error, **__):
            raise OSError(error, os.strerror(error), "cache")

        with monkeypatch.context() as patch:
            patch.setattr(cache.tempfile, "mkstemp", refuse)
            assert __main__.main(["--root", str(small), "build"]) == 1
        message = capsys.readouterr().err
        assert message.startswith(f"downhill: cache: {os.strerror(error)}; {advice}")
        assert "Traceback" not in message
        assert content(small / "site") == before
    change(snippet(small), "y = [0.0, 2.5]", "y = [0.0, 1.5]")
    build.build(small)
    assert content(small / "site") == before
