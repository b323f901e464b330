"""Citations are shown as they are written, or refused with file and line."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downhill.checks import references
from downhill.manuscript import prose
from downhill.manuscript.bibliography import Bibliography
from downhill.markdown.reading import rendered

KEYS = ("doe2020", "roe2021")
BIB = "".join(f"@misc{{{key}, author = {{{key[:3]}, A}}, title = {{T}}, year = {{{key[3:]}}}}}\n" for key in KEYS)


@pytest.fixture
def problems(monkeypatch):
    """A function that returns what is wrong with a page's citations; `text` begins on its third line."""
    monkeypatch.setattr(references, "load", lambda root: Bibliography(BIB))

    def check(text: str) -> list[str]:
        page = SimpleNamespace(place="p.md", text=f"# Title {{#t}}\n\n{text}\n\n[[references]]\n")
        return references.problems(SimpleNamespace(root=None, pages={"en": {"p.md": page}}))

    return check


RIGHT = [
    "As [@doe2020, §2] and [he](@roe2021) say.",
    "See [@doe2020], [@roe2021, 定理 2]，and `[@nobody]`.",
    "| a | b |\n| --- | --- |\n| [@doe2020] | [@roe2021, p. 3] |",
    "/// table | tab-a\nAfter [@doe2020, Table 1].\n///",
    "- **bold [@doe2020]**\n\n    ```text\n    [@nobody]\n    ```",
    "$x$ of [@doe2020, §3.1, eq. (4)] and [*his* book](@roe2021).",
]


@pytest.mark.parametrize("text", RIGHT)
def test_citations_that_are_right(text, problems):
    assert problems(text) == []


REFUSED = {
    "[@dow2020]": "p.md:3: cites @dow2020, which is not in docs/references.bib",
    "a\n\n[x](@nobody)": "p.md:5: cites @nobody",
    "## As [@doe2020] says {#a}": "p.md:3: cites @doe2020 in a heading (h2)",
    '??? note "See [@doe2020]"\n\n    a': "p.md:3: cites @doe2020 within a link or a title",
    "[see [@doe2020] there](index.md)": "p.md:3: ",
    "[@doe2020, [2]]": "p.md:3: @doe2020 is shown otherwise: a citation is [@key]",
    "[@doe2020, $x$]": "p.md:3: the place in a citation is plain text",
    "[@doe2020, **2**]": "p.md:3: the place in a citation is plain text",
    "[@doe2020, `2`]": "p.md:3: ",
    "[@doe2020][@roe2021]": "p.md:3: two citations side by side",
    "[@doe2020, §2] [@roe2021]": "p.md:3: two citations side by side",
    "As @doe2020 says": "p.md:3: @doe2020 without brackets is no citation; write [@doe2020]",
    "[](@doe2020)": "p.md:3: a citation without words",
    "<p>\n[@doe2020]\n</p>": "p.md:4: @doe2020 is shown otherwise",
}


@pytest.mark.parametrize("text", REFUSED)
def test_citations_that_are_refused(text, problems):
    assert any(said.startswith(REFUSED[text]) for said in problems(text)), problems(text)


PIECES = st.sampled_from(
    [
        "[@doe2020]",
        "[@roe2021, §2]",
        "[he](@doe2020)",
        "word",
        "**b**",
        "`[@doe2020]`",
        "$x$",
        "[",
        "]",
        "@doe2020",
        ",",
        "[a](b.md)",
    ]
)


@given(
    st.lists(PIECES, min_size=1, max_size=6).map(" ".join), st.sampled_from(["{}", "- {}", "| {} |\n| --- |\n| a |", "> {}"])
)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_checks_find_what_is_rendered_or_say_where_it_differs(words, block):
    text = block.format(words)
    shown = [(citing.key, citing.spot) for citing in rendered(text).citations]
    if shown != [(key, spot) for _, key, spot in prose.citations(text)]:
        assert references.misplaced("p.md", text)
