"""Which functions carry the idea of a program, as a fence says it: what is refused, and where."""

import pytest

from tests.small import change, snippet

FUNCTIONS = """

def rise(x):
    y = 1.5
    return y * x


class Line:
    slope = 1.5

"""
NAMED = {
    "rise": "",
    "Line rise": "",
    "rize": "docs/{}/index.md:9: the idea rize is no function or class of the program; did you mean rise?; "
    "snippets/chapter/line.py defines rise, Line",
    "y": "docs/{}/index.md:9: the idea y is no function or class of the program; snippets/chapter/line.py defines rise, Line",
    "rise.slope": "the idea rise.slope is no function or class",
    "": 'docs/{}/index.md:9: the fence option idea names functions or classes, as in idea="a b"',
}


@pytest.fixture
def long(bare):
    """The bare book, with a program of more lines than are in sight at once."""
    change(snippet(bare), "\n\ny = ", FUNCTIONS + "y = ")
    return bare


def say(book, idea: str, languages=("en", "zh")) -> None:
    for language in languages:
        change(book / "docs" / language / "index.md", 'exec="on"', f'exec="on" idea="{idea}"')


@pytest.mark.parametrize("idea", NAMED)
def test_a_name_is_that_of_a_function_or_class(idea, long, said):
    say(long, idea)
    found = said()
    for language in ("en", "zh"):
        assert NAMED[idea].format(language) in found
    assert found == "" or NAMED[idea]


def test_twins_name_the_same(long, said):
    say(long, "rise", ["en"])
    assert "docs/zh/index.md:9: is verbatim in English" in said()


def test_a_long_program_has_an_idea(long, said):
    wanted = "docs/zh/index.md:9: all 20 lines of its program would be in sight; say which functions carry the idea: "
    assert wanted + 'idea="rise Line", or some of them' in said(rules=True)
    say(long, "rise")
    assert "would be in sight" not in said(rules=True)


def test_a_short_program_needs_none(bare, said):
    assert "would be in sight" not in said(rules=True)
