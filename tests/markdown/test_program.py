"""A program on its page: what is in sight, what is folded, in what order, and in which colours."""

import re

import pytest
from lxml import html
from pygments.lexers.python import PythonLexer

from downhill import LANGUAGES
from downhill.manuscript.idea import definitions, in_sight, length
from downhill.markdown.program import coloured, program, title
from downhill.site import build
from tests.book import BOOK
from tests.small import change, snippet, write_catalogue

pytestmark = pytest.mark.usefixtures("kept_worker")

FENCES = {fence.snippet: fence for page in BOOK.pages["en"].values() for fence in page.fences}
TESTED = '''"""A sum; it says >>> nowhere."""


def add(a, b):
    """Return a + b.

    As in school.

    >>> add(1, 2)
    3

    Negative, too.

    >>> for x in (-1, -2):
    ...     add(x, x)
    -2
    -4
    """
    return a + b


for i in range(9):  # from 0
    print(add(i, 1))
'''


def text(made: str) -> str:
    return html.fromstring(made).xpath("string(//code)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FENCES)
def test_every_line_of_every_program_is_on_its_page(name, language):
    source = BOOK.source(name, language)
    made = program(source, FENCES[name].idea, language)
    assert text(made) == source
    tree = html.fromstring(made)
    for hidden in tree.xpath("//*[@class='rest']"):
        assert hidden.get("hidden") == "until-found"
        hidden.drop_tree()
    shown = tree.xpath("string(//code)").split("\n")
    kept = [line for line, seen in zip(source.split("\n"), in_sight(source, FENCES[name].idea), strict=False) if seen]
    assert [line.rstrip() for line in shown if line] == [line.rstrip() for line in kept if line]
    read = [line for line in kept if line.strip()]
    assert 3 <= len(read) <= (25 if name.startswith("labs/") else 17)  # a cell has no doctest that could be folded


def test_of_a_function_its_docstring_is_folded_but_for_the_first_line():
    assert [line for line, seen in zip(TESTED.split("\n"), in_sight(TESTED, ("add",)), strict=False) if seen] == [
        "def add(a, b):",
        '    """Return a + b.',
        "    return a + b",
    ]


def test_a_decorator_a_class_and_what_is_inside_are_in_sight():
    source = "import a\n" * 12 + '@a.b\nclass C:\n    @c\n    def d(self):\n        """One.\n\n        Two."""\n        x = 1\n'
    assert in_sight(source, ("C",)) == [False] * 12 + [True] * 5 + [False, False, True]


def test_a_short_program_and_one_without_idea_are_in_sight_whole():
    short = "def f():\n    return 1\n\n\nprint(f())\n"
    assert all(in_sight(short, ("f",))) and all(in_sight(TESTED, ()))
    assert "whole" not in program(short, ("f",), "en") and "rest" not in program(TESTED, (), "en")
    assert not all(in_sight(short + "f()\n" * 8, ("f",)))


@pytest.mark.parametrize(("language", "words"), [("en", "whole program, 23 lines"), ("zh", "完整程序，23 行")])
def test_the_fold_says_how_long_the_program_is(language, words):
    assert length(TESTED) == 23
    (summary,) = html.fromstring(program(TESTED, ("add",), language)).xpath("//details[not(@open)]/summary")
    assert summary.text == words


@pytest.mark.parametrize(
    ("language", "name", "words"), [("en", "Cell: a sum", "whole cell, 14 lines"), ("zh", "单元格：a sum", "整个单元格，14 行")]
)
def test_a_cell_is_called_a_cell(language, name, words):
    """It begins with a comment, as no program does."""
    tree = html.fromstring(program("# a sum\n" + "x = 1\n" * 11 + "def f():\n    return 1\n", ("f",), language))
    assert tree.xpath("//pre/@aria-label") == [name] and tree.xpath("string(//summary)") == words


def test_a_program_is_called_by_its_first_line():
    assert title(TESTED, "en") == "Program: A sum; it says >>> nowhere"
    assert title('"""画一条线。"""\n', "zh") == "程序：画一条线"


def test_tests_are_as_quiet_as_comments_and_what_is_said_is_not():
    lines = coloured(TESTED)
    quiet = [number for number, line in enumerate(lines, 1) if re.fullmatch(r'<span class="c">.*</span>', line)]
    assert quiet == [9, 10, 14, 15, 16, 17]
    said = [number for number, line in enumerate(lines, 1) if re.search(r'<span class="s">', line)]
    assert said == [1, 5, 7, 12, 18]
    assert lines[21] == (
        '<span class="k">for</span> i <span class="k">in</span> <span class="nb">range</span>(<span class="m">9</span>):'
        '  <span class="c"># from 0</span>'
    )


def test_nothing_is_a_span_that_is_not_seen():
    for name in FENCES:
        spans = re.findall(r'<span class="([^"]*)">', "".join(coloured(BOOK.source(name, "en"))))
        assert set(spans) <= {"c", "s", "se", "m", "k", "nb", "nf"}
    kinds = {str(kind) for kind, _ in PythonLexer().get_tokens(TESTED)}
    assert {"Token.Punctuation", "Token.Operator", "Token.Name"} <= kinds, "kinds without a colour of their own are there"


@pytest.mark.parametrize("printed", [False, True])
def test_what_it_drew_and_its_caption_stand_before_the_program(small, printed):
    change(
        snippet(small),
        "y = [0.0, 1.5]",
        "\n\ndef f():\n    return 1\n\n\ny = [0.0, 1.5]\nprint(f())" if printed else "y = [0.0, 1.5]",
    )
    for language in LANGUAGES:
        if printed:
            change(small / "docs" / language / "index.md", 'exec="on"', 'exec="on" idea="f"')
        path = small / "docs" / language / "index.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nAfter.\n", encoding="utf-8")
    site = build.build(small)
    tree = html.parse(str(site / "en" / "index.html")).getroot()
    figure, code, after = tree.xpath("//*[@id='fig-line']/following-sibling::*[position() < 3] | //*[@id='fig-line']")
    assert figure.xpath(".//*[name()='svg']") and figure.xpath("normalize-space(figcaption)").startswith("Figure 1. A line.")
    assert code.get("id") == "code-line" and code.xpath(".//pre/@aria-label") == ["Program: A line, drawn"]
    assert code.xpath("string(.//pre)") == snippet(small).read_text(encoding="utf-8")
    assert bool(code.xpath("div[@class='fold']/details")) == printed and after.text == "After."
    assert bool(figure.xpath(".//pre[@class='printed']")) == printed
    markdown = (site / "en" / "index.md").read_text(encoding="utf-8")
    assert markdown.index("**Figure 1**") < markdown.index("```python\n") < markdown.index("After.")
    assert snippet(small).read_text(encoding="utf-8").strip() in markdown


def test_what_it_printed_stands_before_the_program(small):
    snippet(small).write_text('"""A line, drawn."""\n\ny = [0.0, 1.5]\nprint(y[1])\n', encoding="utf-8")
    write_catalogue(small, {"A line, drawn.": "画一条线。"})
    for language in LANGUAGES:
        path = small / "docs" / language / "index.md"
        before, _, _ = path.read_text(encoding="utf-8").partition("/// figure")
        path.write_text(before.replace(", [](#fig-line)", ""), encoding="utf-8")
    site = build.build(small)
    (code,) = html.parse(str(site / "zh" / "index.html")).getroot().xpath("//*[@id='code-line']")
    assert code.xpath("string(preceding-sibling::*[1]//pre[@class='printed'])").strip() == "1.5"
    markdown = (site / "zh" / "index.md").read_text(encoding="utf-8")
    assert markdown.index("```text\n1.5\n```") < markdown.index("```python\n")


def test_names_that_are_defined():
    assert list(definitions("def f(): pass\nclass C:\n  def g(self): pass\nx = 1")) == ["f", "C"]
    assert definitions("def f(:") == {}
