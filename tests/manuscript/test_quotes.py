"""A value is shown as its text, wherever a page quotes it, or refused in a sentence."""

import html
import re
import string

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown import Markdown
from mkdocs.config import load_config

from downhill import BookError
from downhill.manuscript import prose
from downhill.manuscript.packing import Unpacked, saved
from downhill.manuscript.quotes import BETWEEN, MINUS, NEGATIVE, NO_BREAK, filled, shown
from downhill.manuscript.values import evaluate
from tests.book import ROOT

QUOTE = "{{ one: v }}"
PLACES = {
    "begins": f"{QUOTE} end",
    "sentence": f"before {QUOTE} after",
    "comma": f"（{QUOTE}，）",
    "item": f"- {QUOTE} end",
    "number": f"1. {QUOTE} end",
    "bold": f"a **{QUOTE}** b",
    "link": f"a [{QUOTE}](b.md) c",
    "heading": f"## {QUOTE} end {{#id}}",
    "title": f'??? note "before {QUOTE}"\n\n    Text.',
    "definition": f"word\n:   {QUOTE} end",
    "caption": f"/// figure | fig-x\n    alt: Nothing.\n\n{QUOTE} end\n///",
    "twice": f"{QUOTE} and {QUOTE} end",
    "after a price": f"costs \\$5 and {QUOTE} or \\$6",
    "cell": f"| a | b |\n|---|---|\n| {QUOTE} | end |",
    "beside a formula": f"$x$ {QUOTE} $y$",
}
READABLE = st.text(st.sampled_from(string.printable.strip() + " μ下山，。“−"), min_size=1, max_size=12).map(str.strip)


@pytest.fixture(scope="module")
def extensions():
    """The Markdown of the book, without what needs its results or sources."""
    found = load_config(str(ROOT / "mkdocs.yml"))
    left_out = ("fence", "behind", "ways", "references", "glossary", "snippets", "superfences")
    names = [name for name in found.markdown_extensions if not name.endswith(left_out)]
    return {"extensions": names, "extension_configs": {name: found.mdx_configs.get(name) or {} for name in names}}


def fill(text: str, value, plain: bool = False, link: bool = True) -> str:
    values = Unpacked(saved({"v": value}))

    def write(number, match, where):
        made = shown(evaluate(match[2], values), match, where, plain)
        return f"[{made}](x.md){{: .value }}" if link and where == "sentence" and not plain else made

    return filled(text, write)


def text_of(page: str) -> str:
    """Return the text of a page's HTML, without the LaTeX beside formulas."""
    tree = etree.fromstring(f"<div>{re.sub('&nbsp;', ' ', page)}</div>", etree.HTMLParser(huge_tree=True))
    for odd in tree.xpath("//annotation | //a[@class='headerlink'] | //*[name()='annotation']"):
        odd.getparent().remove(odd) if not odd.tail else odd.clear(keep_tail=True)
    return " ".join("".join(tree.itertext()).split())


@settings(max_examples=150, deadline=None)
@given(READABLE.filter(bool), st.sampled_from(sorted(PLACES)))
def test_a_text_is_shown_as_it_is(extensions, value, place):
    page = text_of(Markdown(**extensions).convert(fill(PLACES[place], value)))
    around = text_of(Markdown(**extensions).convert(fill(PLACES[place], "§")))
    seen = BETWEEN.sub(NO_BREAK, NEGATIVE.sub(MINUS, value))  # as in a page's own text
    assert page == " ".join(around.replace("§", seen).split())


def test_a_tolerance_inside_of_a_text_does_not_part():
    match = re.match("", "")
    assert shown("(-0.7 ± 0.2)", match, "text") == "(\u22120.7\u00a0±\u00a00.2)"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "value", ["<b>bold</b>", "b*c*d", "a|b", "$x$", "# x", "1. x", "- x", "`c`", "[a](b)", "{#id}", "![a", "&lt;", '"']
)
def test_the_known_signs_are_shown_as_they_are(extensions, place, value):
    page = text_of(Markdown(**extensions).convert(fill(PLACES[place], value)))
    assert page == text_of(Markdown(**extensions).convert(fill(PLACES[place], "§"))).replace("§", value)


@pytest.mark.parametrize(
    ("expression", "value", "text", "latex"),
    [
        ("v:.2f", -1.05, "−1.05", "-1.05"),
        ("v:.0%", 0.05, "5%", r"5\%"),
        ("v:.1%", -0.125, "−12.5%", r"-12.5\%"),
        ("v:,", 10_000, "10,000", "10{,}000"),
        ("v:_", 10_000, "10_000", r"10\_000"),
        ("v:+.1f", 2.0, "+2.0", "+2.0"),
        ("v:.1e", 0.5, "5.0e-01", None),
        ("v:.1E", -0.5, "−5.0E-01", None),
        ("v", 1e-5, "1e-05", None),
        ("v", -1e-5, "−1e-05", None),
        ("sci(v)", 1e-5, None, r"1.0\times10^{-5}"),
        ("v", "SGD", "SGD", r"\text{SGD}"),
        ("v", "a_b & 5% #1 {x}", "a&#95;b &#38; 5% &#35;1 &#123;x&#125;", r"\text{a\_b \& 5\% \#1 \{x\}}"),
        ("v", r"\beta", "&#92;beta", None),
        ("v", "a^b", "a&#94;b", None),
        ("v", "2026-11-22", "2026-11-22", r"\text{2026-11-22}"),
        ("v", True, "True", r"\text{True}"),
    ],
)
def test_sentence_and_formula(expression, value, text, latex):
    for place, wanted in {"a {{ one: @ }} b": text, "a $x = {{ one: @ }}$ b": latex, "$$\nx = {{ one: @ }}\n$$": latex}.items():
        page = place.replace("@", expression)
        if wanted is None:
            with pytest.raises(BookError):
                fill(page, value, link=False)
        else:
            assert fill(page, value, link=False) == page.replace(f"{{{{ one: {expression} }}}}", wanted)


@pytest.mark.parametrize(
    ("formula", "value", "wanted"),
    [
        (r"x^{{ one: v }}", 12, r"x^{12}"),
        (r"x_{{ one: v }}", 12, r"x_{12}"),
        (r"x^{{{ one: v }}}", 12, r"x^{12}"),
        (r"\sqrt{{ one: v }}", 2.5, r"\sqrt{2.5}"),
        (r"\frac{{ one: v }}{{ one: v }}", 12, r"\frac{12}{12}"),
        (r"\sqrt[3]{{ one: v }}", 12, r"\sqrt[3]{12}"),
        (r"x^{{ one: sci(v) }}", 12, r"x^{1.2\times10^{1}}"),
        (r"\text{about {{ one: v:.0% }}}", 0.5, r"\text{about 50\%}"),
        (r"\text{at {{ one: v }}}", -2, "\\text{at −2}"),
        (r"({{ one: v }})^2", -3, "(-3)^2"),
        (r"{{ one: v }}^2", 3, "3^2"),
    ],
)
def test_a_value_is_one_thing_in_a_formula(formula, value, wanted):
    assert fill(f"${formula}$", value) == f"${wanted}$"


@pytest.mark.parametrize(
    ("page", "value", "reason"),
    [
        ("${{ one: v }}^2$", -3, r"negative before \^; write parentheses"),
        ("$2{{ one: v }}$", 5, "beside a digit"),
        ("$2 {{ one: v }}$", 5, "beside a digit"),
        ("${{ one: v }}0$", 5, "beside a digit"),
        ("$x = {{ one: v }}$", 1e-9, r"write sci\(…\)"),
        ("a {{ one: sci(v) }} b", 1e-9, "put it into a formula"),
        ("a [b](c-{{ one: v }}.md)", 3, "cannot be a part of an address"),
        ("    alt: a {{ one: v }} b", "a # b", "cannot stand in alternative text, because of “#”"),
        ("    alt: a {{ one: v }} b", "a: b", "because of “:”"),
        ("$x = {{ one: v }}$", "a|b", "because of “|”"),
    ],
)
def test_what_a_place_cannot_show_is_refused(page, value, reason):
    with pytest.raises(BookError, match=reason):
        fill(page, value)


@pytest.mark.parametrize("call", ["max(v)", "min(v)", "sorted(v)[0]", "max(v, key=abs)", "max(0, v[1])"])
@pytest.mark.parametrize("kind", [list, np.array, lambda v: np.array(v, dtype="float32"), torch.tensor])
def test_what_python_makes_of_a_nan_is_not_quoted(call, kind):
    """It would be another number for another order."""
    with pytest.raises(BookError, match="of nan, which is neither less nor more than a number"):
        fill(f"a {{{{ one: {call} }}}} b", kind([1.0, float("nan"), 2.0]))
    assert fill(f"a {{{{ one: {call} }}}} b", kind([1.0, 3.0, 2.0]), link=False)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_has_no_scientific_notation(value):
    with pytest.raises(BookError, match="is no number to quote"):
        fill("$x = {{ one: sci(v) }}$", value)


@pytest.mark.parametrize(
    "code", ["```jinja\n{{ one: v }}\n```", "~~~~\n{{ one: v }}\n~~~~", "`{{ one: v }}`", "``a ` {{ one: v }}``"]
)
def test_code_is_shown_as_it_is_written(code):
    page = f"{{{{ one: v }}}}\n\n{code}\n\n{{{{ one: v }}}}"
    assert fill(page, 5, link=False) == f"5\n\n{code}\n\n5"


def test_a_range_of_values_never_parts():
    page = (
        "{{ one: v }} ± {{ one: v }}, {{ one: v }}% ±&nbsp;2%, a ± b, 7±1, {{ one: v }}±{{ one: v }}, by ±2, `3 ± 4`, $3 ± 4$"
    )
    shown = "5 ± 5, 5% ± 2%, a ± b, 7 ± 1, 5 ± 5, by ±2, `3 ± 4`, $3 ± 4$"
    assert fill(page, 5, link=False) == re.sub(r"(?<![`$]3) ± ", "\u00a0±\u00a0", shown)


def test_plain_markdown_shows_the_same():
    page = "{{ one: v }} and ${{ one: v }}$"
    assert fill(page, -0.5, plain=True) == "−0.5 and $-0.5$"
    assert fill("{{ one: v }}", "<b>*a*|_b_", plain=True) == r"\<b\>\*a\*\|\_b\_"
    assert html.unescape(fill("{{ one: v }}", "<b>*a*|_b_", link=False)) == "<b>*a*|_b_"


def test_only_quotes_are_touched():
    page = "# A {#a}\n\n$\\frac{{a}}{{b}}$, $x_{{k}}$\n\n```\na\n```\n\ttab  \n"
    assert fill(page, 1) == page
    assert [match[0] for _, match in prose.quotes(page)] == []
