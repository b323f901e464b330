"""The frozen full runs: what identifies their programs, how they are compared, and what is said when they do not fit."""

import pytest

from downhill.frozen import full
from tests.book import BOOK, ROOT

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


def test_frozen_numbers_are_those_of_the_snippets_as_they_stand():
    frozen = {path.stem: full.json.loads(path.read_text()) for path in (ROOT / "data" / "full").glob("*.json")}
    sources = {n.split("/")[-1]: s for n, s in BOOK.snippets.items() if full.cache.reads_mnist(s)}
    assert frozen.keys() == sources.keys()
    for stem, source in sources.items():
        assert frozen[stem]["program_sha256"] == full.fingerprint(source), f"{stem} changed; run `make full`"
        assert frozen[stem]["data_md5"] == full.MD5
