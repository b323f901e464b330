"""What the checks remember: nothing is asked twice of the same texts, and nothing of what has changed is taken from before."""

import pytest

from downhill import checks
from downhill.checks import blocks, memory, values
from downhill.execution import runner
from downhill.execution.shelf import write_index
from downhill.manuscript.book import Book
from tests.small import SNIPPET, change, snippet

pytestmark = pytest.mark.usefixtures("kept_worker")


def asked(small, monkeypatch) -> list[str]:
    """Return the pages that a check reads anew when the book is checked in a new process."""
    read = []
    wrapped = blocks.problems.__wrapped__
    fresh = memory.remembered(lambda place, text: read.append(place) or wrapped(place, text))
    monkeypatch.setattr(memory, "_known", {})
    monkeypatch.setattr(checks.blocks, "problems", fresh)
    assert checks.problems(Book(small)) == []
    return read


def test_only_what_has_changed_is_asked_again(small, monkeypatch):
    assert asked(small, monkeypatch) == ["docs/zh/index.md", "docs/en/index.md"]
    assert asked(small, monkeypatch) == []
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")
    assert asked(small, monkeypatch) == ["docs/en/index.md"]


def test_a_fault_is_told_as_often_as_it_is_there(small, monkeypatch):
    for place, old, new, fault in [
        (small / "docs" / "en" / "index.md", "It ends at", "It ends[^1] at", "docs/en/index.md:3"),
        (snippet(small), '"step"', 'f"step {1}"', "snippets/chapter/line.py:10"),
        (snippet(small), "y = [0.0, 1.5]", "w = [0.0, 1.5]", "docs/zh/index.md:3"),  # which its pages quote
        (small / "matplotlibrc", "", "no.such.key: 1\n", "matplotlibrc:"),
    ]:
        before = place.read_text(encoding="utf-8")
        place.write_text(before.replace(old, new, 1) if old else new + before, encoding="utf-8")
        for _ in range(2):
            monkeypatch.setattr(memory, "_known", {})
            assert any(said.startswith(fault) for said in checks.problems(Book(small))), fault
        place.write_text(before, encoding="utf-8")
        assert checks.problems(Book(small)) == []


def test_a_value_is_asked_of_again_when_its_program_leaves_another(small):
    for number, said in [("1.5", ""), ("float('inf')", "docs/zh/index.md:3: "), ("2.5", ""), ("float('inf')", "docs/zh")]:
        snippet(small).write_text(SNIPPET.replace("1.5", number).replace("ax.plot(y", "ax.plot(y[:1] * 2"), encoding="utf-8")
        runner.run(book := Book(small))
        write_index(book)
        assert "\n".join(values.problems(book)).startswith(said or "\n") == bool(said), number


def test_other_machinery_believes_nothing(small, monkeypatch):
    asked(small, monkeypatch)
    monkeypatch.setattr(memory, "machinery", lambda: "another")
    assert len(asked(small, monkeypatch)) == 2
    (small / ".cache" / memory.FILE).write_bytes(b"damaged")
    assert len(asked(small, monkeypatch)) == 2
