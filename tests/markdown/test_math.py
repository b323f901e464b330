"""Formulas become MathML that browsers know, or are refused in a sentence that names the command and what to write."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from downhill.markdown import math
from downhill.markdown.latex import REFUSED, REFUSED_ENVIRONMENTS, FormulaError, unlabelled
from downhill.markdown.mathml import CLASSES, CORE, GLOBAL
from tests.book import ROOT

GENERIC = {"pymdownx.arithmatex": {"generic": True}}
REFUSALS = {  # LaTeX: how the sentence begins, and what it advises
    r"\begin{align} a &= b \\ c &= d \end{align}": (r"\begin{align} is not supported", r"write \begin{aligned}"),
    r"\begin{gather*} a \\ c \end{gather*}": (r"\begin{gather*} is not supported", r"write \begin{gathered}"),
    r"\begin{multline} a \\ c \end{multline}": (r"\begin{multline} is not supported", r"write \begin{aligned}"),
    r"\begin{equation} a \end{equation}": (r"\begin{equation} is not supported", "leave it out"),
    r"\begin{bmatrix*}[r] 1 & -2 \end{bmatrix*}": (r"\begin{bmatrix*} is not supported", r"\begin{array}{rr}"),
    r"\begin{foo} a \end{foo}": ("unknown environment foo", "write aligned"),
    r"\begin{split} a \end{aligned}": (r"\begin{split} ends with \end{aligned}", r"write \end{split}"),
    r"\begin{array}{@{}c@{}} 1 \end{array}": (r"\begin{array}{@{", "its columns are l, c, r"),
    r"{\color{red} x}": (r"\color is not supported", "leave it out"),
    r"\textcolor{red}{x}": (r"\textcolor is not supported", "leave it out"),
    r"\text{\large x}": (r"\large is not supported", "leave it out"),
    r"\frac{\cancel{x}}{y}": (r"\cancel is not supported", r"\underbrace"),
    r"\hspace{-1em}x": (r"\hspace with a negative length", r"write \!"),
    r"\kern-3mu x": (r"\kern with a negative length", r"write \!"),
    r"\hspace{1em plus 1fil}x": ("expected length", "in em"),
    r"\hspace{1cm}x": (r"\hspace{1cm", "in em"),
    r"a = b \tag{3}": (r"\tag is not supported", r"\label{eq-name}"),
    r"\frap{x}": (r"unknown command \frap", "spelling"),
    r"\mathrm{m}\SI{1}{m}": (r"\SI is not supported", "write the number"),
    r"\smash{x}": (r"\smash is not supported", "leave it out"),
    r"a \\ b": (r"\\ outside of an environment", "gathered"),
    r"\begin{aligned} {a \\ b} \end{aligned}": (r"\\ outside of an environment", "gathered"),
    r"\begin{aligned} a \\[4pt] b \end{aligned}": (r"\\[, which would be printed", r"write \\ alone"),
    "a & b": ("found &", r"write \&"),
    "5 % of it": ("a % that would hide", r"write \%"),
    r"\text{5% of it}": ("a % that would hide", r"write \%"),
    r"\text{if {$x$}}": ("$ in braces", "directly"),
    r"\operatorname{s_1}": (r"\operatorname{s_1}", "letters"),
    r"\frac{1}": ("expected argument", "braces"),
    r"\begin{aligned}[t] a \end{aligned}": (r"an option of \begin{aligned}", "leave it out"),
    r"\mathop{\mathrm{argmin}}\limits_x": (r"found \limits", r"\operatorname*"),
    r"\text{a_b}": (r"_ within \text", r"write \_"),
    r"\text{a \\ b}": (r"\\ within \text", "end its braces"),
    "f（x）": ("“（”", r"\text{…}"),
    "损失 = 0": ("“损”", r"\text{…}"),
    "a\u00a0b": ("the invisible character U+00A0", "ordinary space"),
    "a \u200b b": ("the invisible character U+200B", "ordinary space"),
    "a \x0b b": ("the invisible character U+000B", "ordinary space"),
    "\\text{a\x01}": ("the invisible character U+0001", "ordinary space"),
    "# a": ("invalid parameter", r"\#"),
    "{" * 60 + "a" + "}" * 60: ("braces in braces", ""),
    r"\text{" * 9999 + "}" * 9999: ("more than 1000 commands", "two formulas"),
    r"\left(" * 5000 + r"\right)" * 5000: ("more than 1000 commands", "two formulas"),
    "{a": ("no } to close", ""),
    "a}": ("a } without its {", ""),
    "a^b^c": ("duplicate", "write"),
    "": ("nothing", "write a formula"),
    r"\quad": ("nothing", "write a formula"),
    r"\genfrac(){2pt}{}{n}{k}": ("something that browsers do not show", "another way"),
}


def shown(latex: str, display: bool = True) -> str:
    return re.sub(r' data-latex="[^"]*"', "", ET.tostring(math.convert(latex, display), encoding="unicode"))


def sound(made: ET.Element, latex: str) -> None:
    """Assert that a formula is MathML Core without styles, and keeps its LaTeX."""
    again = ET.fromstring(ET.tostring(made))
    assert again.attrib.pop("data-latex") == re.sub(r"\n\s*\n", "\n", latex.strip())
    for element in again.iter():
        assert set(element.attrib) <= GLOBAL | CORE[element.tag], element.tag
    assert "".join(again.itertext()).strip()


@pytest.mark.parametrize("latex", REFUSALS, ids=range(len(REFUSALS)))
def test_what_cannot_be_shown_is_refused_by_name(latex):
    begins, advice = REFUSALS[latex]
    with pytest.raises(FormulaError) as error:
        math.convert(latex, True)
    assert str(error.value).startswith(begins)
    assert " in the formula " in str(error.value)
    assert advice in str(error.value)
    assert "math-core" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", [*REFUSED, *REFUSED_ENVIRONMENTS])
def test_every_refusal_says_what_to_do(name):
    latex = f"a + {name}{{x}}" if name.startswith("\\") else rf"\begin{{{name}}} a \end{{{name}}}"
    with pytest.raises(FormulaError, match=r"is not supported in the formula .*: \w+"):
        math.convert(latex, True)


WORKING = [
    r"\boxed{E = mc^2} + \frac{\boxed{a}}{b}",
    r"\widetilde{abc}",
    r"\sum_{\substack{i \in A \\ j \ne i}} a_{ij}",
    r"\sum_{\begin{subarray}{l} i \\ j \end{subarray}} x",
    r"\begin{split} a &= b \\ c &= d \end{split}",
    r"\left[\begin{array}{|c:c||c|} \hline a & b & c \\ \hdashline c & d & e \\ \hline \end{array}\right]",
    r"\begin{pmatrix} a \\ \hline b \end{pmatrix} \bigl(\begin{smallmatrix} 1 & 2 \\ 3 & 4 \end{smallmatrix}\bigr)",
    r"\begin{cases} 1 & \text{if $x \ge 0$} \\ 0 & \text{otherwise} \end{cases}",
    r"\operatorname{\mathbb{E}}_x f(x) + \operatorname*{arg\,min}_x \mathds{1} + \mathbbm{1}",
    r"\cfrac{1}{1 + \cfrac{1}{2}} + a\!b \kern1em\kern.5exb \negmedspace c \negthickspace d",
    r"a_1, \dotsc, a_n \dotso a_1 + \dotsb + a_n \dotsm \int \dotsi",
    r"\lvert x \rvert + \vert x \vert + P(a \mid b) + \| x \| + \lVert x \rVert",
    r"\$5 + 5\% \mbox{ or } \cramped{x^2} \textsc{Caps} \textsf{sans} \textrm{roman}",
    r"\mathrel{x} \mathbin{y} \mathop{z}_i \mathinner{a} \mathopen{b}",
    r"\newcommand{\x}{1} \x \def\y#1{#1} \y{2}",
]


@pytest.mark.parametrize("latex", WORKING)
@pytest.mark.parametrize("display", [True, False])
def test_what_chapters_need_works(latex, display):
    sound(math.convert(latex, display), latex)


def test_words_and_formulas_mix():
    assert shown(r"\text{where $x_i$ is}") == (
        '<math display="block"><mrow><mtext>where\u00a0</mtext><msub><mi>x</mi><mi>i</mi></msub>'
        "<mtext>\u00a0is</mtext></mrow></math>"
    )
    assert shown(r"\text{a \(\text{b $y$}\)}").count("<mtext>") == 2
    assert shown(r"\text{a \& b}") == '<math display="block"><mtext>a\u00a0&amp;\u00a0b</mtext></math>'


def test_a_box_and_lines_are_drawn_by_classes():
    assert shown(r"\boxed{a}") == '<math display="block"><mrow class="boxed"><mi>a</mi></mrow></math>'
    table = math.convert(r"\begin{array}{|c|c|} \hline a & b \\ \hline \end{array}", True)[0]
    assert len(table) == 1, "no empty row for the last line"
    assert table.get("class") == "solid-left solid-top"
    assert [cell.get("class") for cell in table[0]] == ["solid-right solid-bottom"] * 2


def test_every_class_has_a_rule():
    css = (ROOT / "docs" / "theme" / "assets" / "book.css").read_text(encoding="utf-8")
    names = {*CLASSES.values(), "boxed", "sans", *(f"{line}-bottom" for line in ("solid", "dashed"))} - {""}
    assert {name for name in names if not re.search(rf"math (:is\()?\.{name}\b", css)} == set()


def test_a_label_is_taken_or_refused():
    assert unlabelled("a \\label{eq-a}\n", True) == ("a \n", "eq-a")
    assert unlabelled("a", False) == ("a", "")
    for latex, display, said in (
        (r"a \label{eq:one}", True, "a label is letters, digits and -"),
        (r"a \label{a b}", True, "a label is letters, digits and -"),
        (r"a \label{eq-a}", False, r"\label in the formula"),
        ("a \\label{eq-a}\n\\label{eq-b}", True, r"a second \label"),
        (r"a \label x", True, r"\label without a name"),
    ):
        with pytest.raises(FormulaError, match=re.escape(said)):
            unlabelled(latex, display)


def test_an_error_knows_its_line():
    for latex in (
        "a\n+ 谷 \\frap\n+ b",
        "a\n\\color{red}",
        "\\text{\na $x$}\\\\",
        "\\begin{aligned}\na \\\\[1em] b\\end{aligned}",
    ):
        with pytest.raises(FormulaError) as error:
            math.convert(latex, True)
        assert error.value.line == 1


def test_formulas_leave_nothing_behind():
    math.convert(r"\gdef\leftover{1} \leftover", True)
    with pytest.raises(FormulaError):
        math.convert(r"\leftover", True)


def test_signs_are_those_that_are_meant():
    def signs(latex: str) -> list[str]:
        return [element.text for element in math.convert(latex, True).iter() if element.text]

    assert signs(r"1 - \dots = 2") == ["1", "−", "⋯", "=", "2"]
    assert signs(r"1, \dots, n") == ["1", ",", "…", ",", "n"]
    assert signs(r"\overline{x}") == ["x", "\u203e"]
    assert signs(r"\mathcal{B}") == ["ℬ"], "without the sign that chooses a form"
    assert signs(r"\widetilde{x}") == ["x", "\u02dc"]
    assert math.convert("x.", True)[-1].tag == "mtext"


# --- whatever is typed ---

COMMANDS = """alpha sum int frac sqrt left right big bigl mathbb mathbf mathrm text textbf mbox operatorname substack boxed hat
widehat widetilde overline underbrace overset stackrel limits not mid lvert rVert cdots dotsb quad hspace kern color cancel tag
label begin{aligned} end{aligned} begin{array}{c|c} end{array} begin{cases} end{cases} begin{align} end{align} hline def
newcommand mathop mathrel mathchoice phantom smash genfrac cfrac binom over choose atop middle prescript sideset raisebox
textsc emph displaystyle scriptstyle cramped xrightarrow pmod gdef let relax begingroup endgroup tiny verb ref angl href"""
PIECES = st.one_of(
    st.sampled_from([f"\\{name}" for name in COMMANDS.split()]),
    st.sampled_from(
        list("{}[]()^_&$%#~'x1+=,|.<> \n\\")
        + [r"\\", r"\{", r"\$", r"\%", r"\&", r"\,", r"\(", r"\)", "谷", "é", "\x01", "\u00a0"]
    ),
)


def nested(inner):
    return st.builds(r"\{}{{{}}}{{{}}}".format, st.sampled_from(COMMANDS.split()), inner, inner)


NESTED = nested(st.one_of(PIECES, nested(st.one_of(PIECES, nested(PIECES)))))


@given(st.lists(st.one_of(PIECES, NESTED), max_size=9).map("".join), st.booleans())
@settings(max_examples=600, deadline=None, derandomize=True, database=None)
def test_whatever_is_typed_is_shown_or_refused(latex, display):
    try:
        rest, _ = unlabelled(latex, display)
        made = math.convert(rest, display)
    except FormulaError as error:
        assert "\n" not in str(error)
        assert 0 <= error.line <= latex.count("\n")
        return
    sound(made, rest)


ARGUMENTS = {1: "{x}", 2: "{x}{y}", 3: "(){x}{y}"}


def test_every_command_is_shown_or_refused_by_its_name():
    """Each command alone and with arguments: nothing that is not MathML Core comes out, and no refusal is without a name."""
    for name in [name for name in COMMANDS.split() if "{" not in name]:
        for arguments in ARGUMENTS.values():
            latex = f"a \\{name}{arguments}"
            try:
                sound(math.convert(latex, True), latex)
            except FormulaError as error:
                assert "browsers" not in str(error), latex


def test_where_text_alone_is_kept_a_formula_says_the_same():
    made = Markdown(extensions=["tables", "pymdownx.arithmatex", "downhill.markdown.math"], extension_configs=GENERIC)
    page = made.convert("| $x+y$ | $x^2$ |\n| --- | --- |\n| a | b |\n")
    assert re.findall('aria-label="([^"]*)"', page) == ["x+y", "x^2"]
