"""Checks and pages see the same formulas and citations."""

import mkdocs.utils
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from downhill.checks import blocks, formulas
from downhill.manuscript import prose
from downhill.manuscript.values import QUOTE
from downhill.markdown.reading import EXTENSIONS, rendered
from tests.book import BOOK, ROOT
from tests.small import change, fails, snippet

pytestmark = pytest.mark.usefixtures("kept_worker")

OURS = ("downhill.", "toc", "pymdownx.snippets", "pymdownx.highlight")
CONFIGURED = {
    name: options or {}
    for entry in mkdocs.utils.yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    for name, options in (entry.items() if isinstance(entry, dict) else [(entry, {})])
}


def test_the_reading_uses_the_extensions_of_the_book():
    assert set(EXTENSIONS) == {name for name in CONFIGURED if not name.startswith(OURS)}
    assert EXTENSIONS["pymdownx.arithmatex"] == CONFIGURED["pymdownx.arithmatex"]


def test_every_formula_and_citation_of_the_book_is_found():
    for page in (page for pages in BOOK.pages.values() for page in pages.values()):
        text = QUOTE.sub("0", page.text)
        found = [latex.split() for _, latex, _ in prose.formulas(text)]
        assert found == [latex.split() for latex, _ in rendered(text).formulas], page.place
        assert [(key, spot) for _, key, spot in prose.citations(text)] == [
            (citing.key, citing.spot) for citing in rendered(text).citations
        ], page.place


def test_money_is_no_formula():
    text = "# A {#a}\n\n$5 today and $10 tomorrow, or \\$20; `$x$` is code.\n"
    assert rendered(text).formulas == list(prose.formulas(text)) == formulas.problems("a.md", text) == []
    [said] = formulas.problems("a.md", "# A {#a}\n\nBetween $5 and 10$ a day.\n")
    assert said == r"a.md:3: the word “and” in the formula 5 and 10: write \text{and}, or \$ for a dollar sign"
    for words in ("$5/$10", "from $5 to$10", "$x$1"):
        [said] = formulas.problems("a.md", f"# A {{#a}}\n\n{words} a day.\n")
        assert said.startswith("a.md:3: $"), words
        assert r"write \$ for the sign" in said


def test_a_complaint_names_the_line():
    text = "# A {#a}\n\n- $x$ and $\\frap$\n\n    $$\n    a \\\\\n    $$\n\n$$\na\n+ \\color{red}\n$$\n\n$$ \\tag{1} $$\n"
    assert [said.split(":")[1] for said in formulas.problems("a.md", text)] == ["3", "6", "11", "14"]


def test_a_formula_in_a_heading_is_text():
    assert formulas.problems("a.md", "# A {#a}\n\n## Below $1/\\kappa + x$ {#b}\n\n$x^2$\n") == []
    for latex in ("x^2", r"\frac{1}{2}", r"\sqrt{x}", "a_k", r"\hat{x}"):
        [said] = formulas.problems("a.md", f"# A {{#a}}\n\n## Below ${latex}$ {{#b}}\n")
        assert said.startswith(f"a.md:3: the table of contents would show {latex} as ")


def test_what_is_shown_otherwise_is_named():
    for text in ("$$\n    a\n$$\nb\n", "a\n$$\nb\n$$\n", "<p>\n$x$\n</p>\n"):
        assert formulas.problems("a.md", f"# A {{#a}}\n\n{text}"), text


def test_a_formula_is_read_again_with_its_values(small):
    change(snippet(small), "y = [0.0, 1.5]", 'y = [0.0, 1.5]\nname = "ab"')
    for language in ("en", "zh"):
        change(small / "docs" / language / "index.md", "{{ line: y[1]:.1f }}", r"$\operatorname{ {{ line: name }} }$")
    assert r"docs/en/index.md:3: \operatorname{ \text{ab} } in the formula" in fails(small)


WORDS = st.sampled_from(["word", "$x$", "$a_1 + b_2$", "`$y$`", "$5", "\\$20", "**bold $z$**", "[a $w$](b.md)", "$|v|$", "`a`"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
DISPLAYED = st.sampled_from(
    ["$$\nx\n$$", "$$ y $$", "$$\na \\\\\n&< b\n$$", "```text\n$x$\n$$\n```", '```python exec="on"\n$$\n```']
)
BLOCKS = st.one_of(
    SENTENCES,
    DISPLAYED,
    SENTENCES.map("## {}".format),
    st.tuples(SENTENCES, SENTENCES).map(lambda both: f"| a | b |\n|---|---|\n| {both[0]} | {both[1].replace('|', '')} |"),
    st.tuples(SENTENCES, DISPLAYED).map(lambda both: f"- {both[0]}\n\n    {both[1].replace(chr(10), chr(10) + '    ')}"),
    st.tuples(SENTENCES, DISPLAYED).map(lambda both: f'??? note "a"\n\n    {both[1].replace(chr(10), chr(10) + "    ")}'),
    SENTENCES.map("| a |\n|---|\n| b |\n\n/// table | tab-a\n{}\n///".format),
)


@given(st.lists(BLOCKS, min_size=1, max_size=5).map("\n\n".join))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_checks_find_what_is_rendered_or_say_where_it_differs(text):
    made = Markdown(extensions=[*EXTENSIONS, "downhill.markdown.numbering"], extension_configs=EXTENSIONS).convert(text)
    found = list(prose.formulas(text))
    if len(found) != made.count('class="arithmatex"'):
        assert formulas.problems("a.md", text) or blocks.problems("a.md", text)
    elif "|v|" not in text:
        assert [latex.split() for _, latex, _ in found] == [latex.split() for latex, _ in rendered(text).formulas]
