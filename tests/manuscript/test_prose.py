"""The one reading of a page: lines, pieces of a line, cells, formulas, quotes."""

import pytest
from markdown import Markdown

from downhill.manuscript import prose

KINDS = {
    "```\na\n```\n": "fence code fence blank",
    "~~~ text\n```\n~~~": "fence code fence",
    "````\n```\n````": "fence code fence",
    "    ```console\n    $$\n\n    a\n    ```": "fence code code code fence",
    "```\na": "unclosed text",
    "    ```\na\n    ```": "unclosed text unclosed",
    "$$\na\n$$": "dollars formula dollars",
    "    $$\n    ```\n    $$": "dollars formula dollars",
    "$$ a $$": "formula",
    "$$\na\n\nb\n$$": "unclosed text blank text unclosed",
    "```a``` is code": "text",
    "# a": "text",
}


@pytest.mark.parametrize("text", KINDS)
def test_lines(text):
    assert " ".join(line.kind for line in prose.lines(text)) == KINDS[text]


PIECES = {
    "a `b` c": "text code text",
    "``a`b``": "code",
    "`$a$`": "code",
    "$a$ and \\$5, $5 today": "formula text",
    "${{ one: x }}$ {{ one: y }} `{{ one: z }}`": "formula text value text code",
    "$`a`$": "text code text",
    "{{ one: d['`'] }} `a`": "value text code",
    "\\`a\\`": "text",
    "$ a $": "text",
}


@pytest.mark.parametrize("line", PIECES)
def test_pieces(line):
    found = prose.spans(line)
    assert " ".join(span.kind for span in found) == PIECES[line]
    assert "".join(span.text for span in found) == line
    assert all(line[span.start : span.end] == span.text for span in found)


@pytest.mark.parametrize(
    "row", ["| a | `b|c` | d |", "| a | \\| | d |", "|a|b|", "| ``a`|`` | $x$ |", "| | |", "| a | `b` |c\\\\| "]
)
def test_cells_are_those_of_the_page(row):
    found = prose.cells(row)
    header, rule = "|" + "h|" * len(found), "|" + "-|" * len(found)
    made = Markdown(extensions=["tables", "pymdownx.inlinehilite"]).convert(f"{header}\n{rule}\n{row}\n")
    assert made.count("<td") == len(found)
    assert made.count("<td></td>") == sum(not cell.strip() for cell in found)


def test_formulas_and_quotes():
    text = (
        "A $x$ and `$y$`.\n\n$$\n{{ one: a }}\n$$\n\n$$ z $$\n\n```text\n$w$ {{ one: b }}\n```\n\n{{ one: c }} `{{ one: d }}`\n"
    )
    assert list(prose.formulas(text)) == [(1, "x", False), (3, "{{ one: a }}", True), (7, " z ", True)]
    assert [(number, match[2]) for number, match in prose.quotes(text)] == [(4, "a"), (13, "c")]
