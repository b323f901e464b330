"""The frozen full runs: what identifies their programs, how they are compared, and what is said when they do not fit."""

import pytest

from downhill.frozen import full
from downhill.manuscript.book import Book
from tests.book import ROOT

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


def test_frozen_numbers_are_those_of_the_original_digits():
    for path in (ROOT / "data" / "full").glob("*.json"):
        assert full.json.loads(path.read_text())["data_md5"] == full.MD5


def test_frozen_numbers_that_are_missing_stale_or_left_over(bare):
    snippet = bare / "snippets" / "chapter" / "line.py"
    snippet.write_text(PROGRAM.replace("ys =", "MNIST(3)\nys ="))
    assert full.missing(Book(bare)) == [
        "snippets/chapter/line.py:1: has no numbers of a full run; run `make full`, and commit data/full/line.json"
    ]
    folder = bare / "data" / "full"
    folder.mkdir(parents=True)
    for text, said in [("{", "data/full/line.json:1: cannot be read"), ('{"program_sha256": "0"}', "another program's")]:
        (folder / "line.json").write_text(text)
        assert said in full.missing(Book(bare))[0]
    (folder / "line.json").write_text(f'{{"program_sha256": "{full.fingerprint(Book(bare).snippets["chapter/line"])}"}}')
    (folder / "wave.json").write_text("{}")
    assert full.missing(Book(bare)) == ["data/full/wave.json:1: no snippet wave reads MNIST; delete it"]
