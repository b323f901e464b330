"""The frozen full runs: what identifies their programs, how they are compared, and what is said when they do not fit."""

import json

import numpy as np
import pytest

from downhill.__main__ import main
from downhill.execution import data
from downhill.frozen import full, store
from downhill.manuscript.book import Book
from downhill.manuscript.packing import packed
from tests.small import change

pytestmark = pytest.mark.usefixtures("kept_worker")

PROGRAM = '''"""A program."""

def half(x):
    """Return half.

    >>> half(2)
    1.0
    """
    return x / 2  # by two

ax.set(xlabel="step", title="$x$")
ys = [half(x) for x in (1, 2, 3)]
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    >>> half(2)\n    1.0\n", "    >>> half(3)\n    1.5\n"),
        ("\n\n    >>> half(2)\n    1.0\n    ", ""),
        ('    """Return half.\n\n    >>> half(2)\n    1.0\n    """\n', ""),
        ("  # by two", ""),
        ('"""A program."""', '"""Another\n\n>>> 1\n1\n"""'),
        ('xlabel="step"', 'xlabel="time"'),
        ("x / 2", "x /   2"),
    ],
)
def test_what_decides_no_number_is_no_part_of_a_fingerprint(old, new):
    assert old in PROGRAM
    assert full.fingerprint(PROGRAM.replace(old, new)) == full.fingerprint(PROGRAM)


@pytest.mark.parametrize(
    ("old", "new"),
    [("x / 2", "x / 3"), ("(1, 2, 3)", "(1, 2)"), ("def half", "def halve"), ('"$x$"', '"$y$"'), ("ys =", "zs =")],
)
def test_what_decides_a_number_is_part_of_a_fingerprint(old, new):
    assert old in PROGRAM
    assert full.fingerprint(PROGRAM.replace(old, new)) != full.fingerprint(PROGRAM)


def test_frozen_numbers_that_are_missing_stale_or_left_over(bare):
    snippet = bare / "snippets" / "chapter" / "line.py"
    snippet.write_text(PROGRAM.replace("ys =", "MNIST(3)\nys ="))
    remedy = "run `make full NAMES=chapter/line`, and commit data/full/line.json"
    assert full.problems(Book(bare)) == [f"snippets/chapter/line.py:1: has no numbers of a full run; {remedy}"]
    folder = bare / "data" / "full"
    folder.mkdir(parents=True)
    program = full.fingerprint(Book(bare).snippets["chapter/line"])
    good = {"program_sha256": program, "data_md5": full.MD5, "values": {}}
    for text, said in [
        ("{", "data/full/line.json:1: cannot be read"),
        (json.dumps(good | {"values": []}), "data/full/line.json:1: cannot be read"),
        (
            json.dumps(good | {"program_sha256": "0"}),
            "snippets/chapter/line.py:1: the numbers of its full run are another program's",
        ),
        (json.dumps(good | {"data_md5": {}}), "data/full/line.json:1: its numbers are not those of the original digits"),
    ]:
        (folder / "line.json").write_text(text)
        (told,) = full.problems(Book(bare))
        assert said in told
        assert remedy in told
    (folder / "line.json").write_text(json.dumps(good))
    (folder / "wave.json").write_text("{}")
    assert full.problems(Book(bare)) == ["data/full/wave.json:1: no snippet wave reads MNIST; delete it"]
    (folder / "wave.json").unlink()
    (bare / "pyproject.toml").write_text('[project]\ndependencies = ["torch==0.1"]\n')
    said = f"data/full/line.json:1: measured with torch None, which pyproject.toml does not pin; {remedy}"
    assert said in full.problems(Book(bare))


MEASURED = '''"""Values of every kind."""

import numpy as np

MNIST = len
digits = MNIST("abc")
rate, method, works, nothing = 0.5, "sgd", True, None
errors = [1.0, 1.1, 1.2]
ends = (1, 2)
best = {("sgd", 0.9): [1.0, {"deep": 7}]}
curve = np.array([[1.0, 2.0], [3.0, 4.0]])
counts = np.arange(3)
print(digits)
'''


@pytest.fixture
def frozen(small, monkeypatch):
    """A small book with a program that reads MNIST; and a function that runs `full`, and returns its exit status."""
    (small / "snippets" / "chapter" / "line.py").write_text(MEASURED)
    (small / "snippets" / "chapter" / "wave.py").write_text('"""A wave."""\n\nMNIST = len\nz = MNIST("")\na = 1\n')
    monkeypatch.setattr(full, "originals", lambda folder: data.unpacked(small, small / ".cache"))
    return lambda *arguments: main(["--root", str(small), "full", "--data", str(small), *arguments])


def test_names_choose_what_is_frozen(frozen, small, capsys):
    assert frozen("line") == 0
    assert [path.name for path in (small / "data" / "full").iterdir()] == ["line.json"]
    assert frozen("lime") == 1
    assert "no snippet that reads MNIST lime; did you mean chapter/line?" in capsys.readouterr().err


def test_a_frozen_file_has_the_order_of_the_program_and_is_left_alone(frozen, small, capsys):
    path = small / "data" / "full" / "wave.json"
    assert frozen("wave") == 0
    assert list(json.loads(path.read_text())["values"]) == ["z", "a"]
    change(path, '"date": "20', '"date": "19')
    change(path, '"z": 0,\n  "a": 1', '"a": 1,\n  "z": 0')
    before = path.read_text()
    capsys.readouterr()
    assert frozen("wave") == 0
    assert "data/full/wave.json holds these numbers already" in capsys.readouterr().out
    assert path.read_text() == before
    change(path, '"a": 1', '"a": 2')
    assert frozen("wave") == 0
    assert "wrote data/full/wave.json" in capsys.readouterr().out


def test_what_is_measured_anew_is_compared(frozen, small, capsys):
    assert frozen("--compare") == 1
    assert "data/full/line.json does not exist; run `make full NAMES=chapter/line`" in capsys.readouterr().err
    assert frozen() == 0
    assert frozen("--compare") == 0
    path = small / "data" / "full" / "line.json"
    change(path, '"sgd",\n', '"adam",\n')
    change(path, "1.1", "1.101")
    assert frozen("--compare") == 1
    said = capsys.readouterr()
    assert "data/full/line.json: method is 'sgd', committed is 'adam'" in said.err
    assert "data/full/line.json: errors is not exactly the committed one, and within the tolerance" in said.out


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (3, 4, "x"),
        (0.5, 0.52, "x"),
        ("sgd", "adam", "x"),
        (True, False, "x"),
        (True, 1, "x"),
        (None, 0, "x"),
        (1.0, float("nan"), "x"),
        ([1, 2], [1, 3], "x[1]"),
        ([1, 2], [1, 2, 3], "x"),
        ([1, 2], (1, 2), "x"),
        ((1, "a"), (1, "b"), "x[1]"),
        ([1.0, 1.1, 1.2], [1.4, 1.5, 1.6], "x[0]"),
        ([[1.0, 1.1], [5.0, 5.1]], [[1.0, 1.1], [6.0, 6.1]], "x[1][0]"),
        ({"a": 1}, {"a": 2}, "x['a']"),
        ({"a": 1}, {"b": 1}, "x"),
        ({"a": 1}, {"a": 1, "b": 1}, "x"),
        ({("sgd", 0.9): [1, {"deep": 7}]}, {("sgd", 0.9): [1, {"deep": 8}]}, "x[('sgd', 0.9)][1]['deep']"),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [30.0, 40.0]]), "x[1][0]"),
        (np.arange(3), np.arange(4), "x"),
        (np.arange(3), np.array([0, 1, 3]), "x[2]"),
        (1 + 1j, 1 + 2j, "x[1]"),
        ([True, False], [True, True], "x[1]"),
        (0.0, 1e-3, "x"),
    ],
)
def test_every_kind_of_value_is_compared(old, new, where):
    beyond, _ = store.differences("f", {"x": packed(old)}, {"x": packed(new)})
    assert beyond[0].startswith(f"f: {where} is ")
    assert store.differences("f", {"x": packed(old)}, {"x": packed(old)}) == ([], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [(0.5, 0.505), ([1.0, 1.1, 1.2], [1.2, 1.0, 1.2]), (np.array([1.0, 2.0]), np.array([1.01, 2.0])), (1000, 1001)],
)
def test_what_is_within_the_tolerance_is_told_all_the_same(old, new):
    assert store.differences("f", {"x": packed(old)}, {"x": packed(new)}) == (
        [],
        ["f: x is not exactly the committed one, and within the tolerance"],
    )


def test_values_that_come_and_go_are_told():
    assert store.differences("f", {"x": 1, "date": "then"}, {"y": 1, "date": "now"})[0] == [
        "f: x is not measured",
        "f: y is not committed",
    ]


def test_what_is_too_large_to_be_kept_is_not_frozen():
    values = {"x": packed(np.zeros(30_000)), "long": packed([0.123456789] * 200), "n": 7, "half": packed([np.zeros(30_000), 1])}
    assert full.kept(values) == {"n": 7}
