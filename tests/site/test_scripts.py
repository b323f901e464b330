"""Scripts are sent without comments and indentation, and stay the programs that they were."""

import pytest
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace

from downhill.site.scripts import small
from tests.book import ROOT

SCRIPTS = sorted((ROOT / "docs" / "theme").rglob("*.js"))


def pieces(script: str) -> list[str]:
    """Return what a script is made of, without what only its readers need."""
    read = JavascriptLexer().get_tokens_unprocessed(script)
    return [text for _, kind, text in read if text and kind not in Comment and kind not in Whitespace]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_loses_only_what_its_readers_need(path):
    script = path.read_text(encoding="utf-8")
    assert pieces(small(script)) == pieces(script)
    assert small(small(script)) == small(script)


def test_the_end_of_a_line_stays_one():
    assert small("return\n  // no value\n  a") == "return\na"
    assert small("a /* one\n two */ b") == "a\nb"
