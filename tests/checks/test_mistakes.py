"""A mistake in a book is refused with its place before anything runs or is written, and the build says the same."""

import shutil

import pytest

from downhill import __main__
from downhill.manuscript.book import Book
from downhill.site import build
from tests.small import CATALOGUE, change, fails, snippet, write_catalogue

pytestmark = pytest.mark.usefixtures("kept_worker")


def test_a_missing_snippet(bare, said):
    snippet(bare).unlink()
    assert "docs/en/index.md:9: shows snippets/chapter/line.py, which does not exist" in said()


ENCODINGS = {
    "# coding: latin-1\n": "1: Python takes this comment for the file's encoding, iso-8859-1; leave it out",
    "\n# -*- coding: gbk -*-\n": "2: Python takes this comment for the file's encoding, gbk; leave it out",
    "# vim: set fileencoding=cp1252 :\n": "1: Python takes this comment for the file's encoding, cp1252; leave it out",
    "# the coding: one hot\n": "1: SyntaxError: unknown encoding: one",
}


@pytest.mark.parametrize("head", ENCODINGS)
def test_a_snippet_that_python_would_read_in_another_encoding(head, bare, said):
    path = snippet(bare)
    path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert f"docs/en/index.md:9: snippets/chapter/line.py:{ENCODINGS[head]}" in said()


def test_a_snippet_may_say_that_it_is_utf_8_and_speak_of_a_coding(bare, said):
    path = snippet(bare)
    path.write_text("# coding: utf-8\n" + path.read_text(encoding="utf-8") + "\n# coding: one hot\n", encoding="utf-8")
    write_catalogue(bare, CATALOGUE | {"coding: utf-8": "编码", "coding: one hot": "独热编码"})
    assert said() == ""


def test_a_snippet_with_a_line_for_the_shell(bare, said):
    path = snippet(bare)
    path.write_text("#!/usr/bin/env python\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "snippets/chapter/line.py:1: a snippet is run as python file.py; leave the line #! out" in said(rules=True)


def test_a_snippet_that_no_page_shows(bare, said):
    (bare / "snippets" / "chapter" / "other.py").write_text('"""A line, drawn."""\nprint(1)\n')
    assert "snippets/chapter/other.py:1: no page shows it" in said()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('exec="on"', 'exec="on" ideas="f"', "docs/en/index.md:9: unknown fence option ideas; did you mean idea?"),
        ('exec="on"', 'exec="on" source="above"', "docs/en/index.md:9: unknown fence option source; known are exec, idea"),
        ('exec="on"', 'exec="off"', 'docs/zh/index.md:9: the fence option exec is "on", not "off"'),
        (
            'exec="on"',
            'exec="on" idea=" "',
            'docs/en/index.md:9: the fence option idea names functions or classes, as in idea="a b"; '
            "snippets/chapter/line.py defines none",
        ),
        ('exec="on"', 'exec="on" idea="f"', "docs/zh/index.md:9: the idea f is no function or class of the program"),
        ("y = 1.5 x", "y = \\frac{1.5", "docs/zh/index.md:6: "),
        ("{{ line: y[1]:.1f }}", "{{ lime: y[1]:.1f }}", "docs/zh/index.md:3: the value {{ lime: y[1]:.1f }} cannot be had"),
    ],
)
def test_the_build_says_what_the_check_says(small, old, new, message):
    for language in ("zh", "en"):
        change(small / "docs" / language / "index.md", old, new)
    assert message in fails(small)


def test_a_value_that_only_the_run_can_tell(small):
    for language in ("zh", "en"):
        change(small / "docs" / language / "index.md", "{{ line: y[1]:.1f }}", "{{ line: y[7]:.1f }}")
    assert "docs/zh/index.md:3: the value {{ line: y[7]:.1f }} cannot be had: IndexError" in fails(small)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("plt.show()", "if len(y) > 9:\n    plt.show()\nplt.close()", "docs/zh/index.md:9: the snippet shows no figure"),
        ("plt.show()", "getattr(plt, 'sh' + 'ow')()", "docs/zh/index.md:9: the figure has no caption"),
    ],
)
def test_a_figure_that_only_the_run_can_tell(small, old, new, message):
    change(snippet(small), old, new)
    for language in ("zh", "en"):
        page = small / "docs" / language / "index.md"
        if "no caption" in message:
            page.write_text(page.read_text(encoding="utf-8").partition("/// figure")[0].replace(", [](#fig-line)", ""))
    assert message in fails(small)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ax.legend()", "ax.set_xlabel('loss')", "line.py:9: “line” is the label of a series, and no legend says it"),
        ("ax.legend()", "ax.set(xlabel='$k$')\nax.legend()", "line.py:10: “step” is on none of the program's figures"),
        (
            'ax.set(xlabel="step", ylabel="loss")',
            'ax.set_xticks([0, 1, 9], labels=["step", "loss", "line"])\nax.set_xlim(0, 1)\nax.set_title("loss")',
            "",  # the legend says “line”
        ),
        (
            'ax.set(xlabel="step", ylabel="loss")',
            'ax.set_xticks([0, 9], labels=["loss", "step"])\nax.set_xlim(0, 1)',
            "line.py:10: “step” is on none of the program's figures (a label without a legend, a tick beyond the limits",
        ),
    ],
)
def test_a_word_of_a_figure_that_no_figure_shows(small, old, new, message):
    change(snippet(small), old, new)
    if message:
        assert f"snippets/chapter/{message}" in fails(small)
    else:
        build.build(small)


def test_twins_that_differ(bare, said):
    change(bare / "docs" / "zh" / "index.md", "y = 1.5 x", "y = 1.6 x")
    change(bare / "docs" / "zh" / "index.md", "终点是", "终点**是** `x`")
    assert "docs/zh/index.md:6: is verbatim in English" in said()
    assert "docs/zh/index.md:3: code [] in English, ['`x`'] in Chinese" in said()


def test_a_page_without_twin(bare, said):
    shutil.copy(bare / "docs" / "en" / "index.md", bare / "docs" / "en" / "more.md")
    change(bare / "mkdocs.yml", "[index.md]", "[index.md, more.md]")
    assert said() == "docs/en/more.md:1: has no Chinese twin"


def test_two_snippets_that_are_the_same(bare, said):
    shutil.copy(bare / "snippets" / "chapter" / "line.py", bare / "snippets" / "chapter" / "copy.py")
    assert "snippets/chapter/line.py:1: is the same as snippets/chapter/copy.py; show that one" in said()


def test_a_translation_that_is_missing_fuzzy_or_left_over(bare, said):
    write_catalogue(bare, {**CATALOGUE, "line": ""})
    assert "snippets/chapter/line.py:9: no Chinese for “line”; its entry is docs/locale/zh.po:11" in said()
    write_catalogue(bare, {**CATALOGUE, "wave": "波"})
    assert "docs/locale/zh.po:20: “wave” stands in no snippet any more" in said()
    path = bare / "docs" / "locale" / "zh.po"
    write_catalogue(bare, CATALOGUE)
    change(path, 'msgid "loss"', '#, fuzzy\nmsgid "loss"')
    assert "snippets/chapter/line.py:10: the English of “loss” changed; check its fuzzy entry, docs/locale/zh.po:18" in said()


@pytest.mark.parametrize(("word", "chinese"), [("two points are enough", "两\\n个"), ("A line, drawn.", '一\\"\\"\\"x')])
def test_a_translation_that_changes_the_program(word, chinese, bare, said):
    write_catalogue(bare, {**CATALOGUE, word: chinese})
    assert f"the Chinese of “{word}” changes the program" in said()


@pytest.mark.parametrize("text", ['msgid "line', "nonsense", 'msgid "a"\nmsgstr "b"\nmsgstr "c"\n"'])
def test_a_catalogue_that_cannot_be_read(text, bare, said):
    path = bare / "docs" / "locale" / "zh.po"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
    assert "docs/locale/zh.po:2" in said()


NAVIGATION = {
    "[]": "docs/en/index.md:1: is in no entry of nav",
    "[index.md, lime.md]": "nav names lime.md, which is no page",
    "[{Title: indx.md}]": "nav names indx.md, which is no page; did you mean index.md?",
    "[index.md, index.md]": "nav names index.md twice",
    "[index.md": "mkdocs.yml:",
    "[{Book: [index.md]}]": "“Book” is the same in both languages: a page has its own title, and a part begins with - !ENV",
    "[{!ENV [BOOK_TITLE_PART_1, part-1]: [index.md]}]": "docs/zh/index.md has no heading {#part-1} with the title of this part",
    "[{!ENV [BOOK_TITLE_PART_1, index]: [index.md]}]": "the variable of the part index is BOOK_TITLE_INDEX",
    "[{!ENV [BOOK_TITLE_INDEX, index]: index.md}]": "the part index holds a list of pages",
    "[{!ENV [BOOK_TITLE_INDEX, index]: [{More: [index.md]}]}]": "the part index holds a list of pages",
    "index.md": "has no list nav",
}


@pytest.mark.parametrize("nav", NAVIGATION)
def test_a_navigation_that_is_not_that_of_the_pages(nav, bare, said):
    change(bare / "mkdocs.yml", "nav: [index.md]", f"nav: {nav}")
    assert NAVIGATION[nav] in said()


SHAPES = {
    "y = [0.0, 1.5]": ("y = [0.0, 1.5]" + "\nz = 1" * 40, ":46: 52 lines"),
    "y = [0.0, 1.5]\n": (f"y = [0.0, 1.5]  {'#' * 80}\n", ":5: 96 columns"),
    '"""A line, drawn."""': ('"""A line,\n\ndrawn."""', ":1: begins with a docstring of one line"),
    "plt.show()\n": ("plt.show\n", ":12: ends in plt.show()"),
    "import matplotlib": ("import pandas\nimport matplotlib", ":3: imports pandas"),
    "fig, ax": ("plt.rcParams['x'] = 1\nfig, ax", ":8: rcParams is for a build"),
    "y = ": ("y: list = ", ":5: type annotations"),
    "# two": ("# a\n# b\n# c\n# two", ":10: 4 comments"),
    "ax.legend()": ("ax.legend()  # noqa", ":11: noqa is for a build"),
    "ax.legend()\n": ("import time\nax.set_title(time.ctime())\nax.legend()\n", ":12: time.ctime answers otherwise each time"),
}


@pytest.mark.parametrize("old", SHAPES)
def test_a_snippet_out_of_shape(old, bare, said):
    new, message = SHAPES[old]
    change(snippet(bare), old, new)
    found = said(rules=True)
    assert f"snippets/chapter/line.py{message}" in found
    assert "snippets/chapter/line.py:1: has no doctest; one states the lesson" in found


def test_two_snippets_of_one_name(bare, said):
    shutil.copytree(bare / "snippets" / "chapter", bare / "snippets" / "other")
    assert "snippets/other/line.py:1: the name line stands in snippets/chapter/line.py too" in said(rules=True)


@pytest.mark.parametrize("text", ["x = = 1\n", "x = '\0'\n", "def f(:\n", "  x\n y\n"])
def test_a_snippet_that_is_no_python(text, bare, said):
    snippet(bare).write_text(text)
    assert "docs/zh/index.md:9, docs/en/index.md:9: snippets/chapter/line.py:1: " in said(rules=True)


@pytest.mark.parametrize(
    "entry",
    ['msgid "line"\nmsgstr "线"', 'msgctxt "x"\nmsgid "line"\nmsgstr "线"', 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"'],
)
def test_an_entry_that_gettext_would_drop(entry, bare, said):
    path = bare / "docs" / "locale" / "zh.po"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + entry + "\n", encoding="utf-8")
    assert "docs/locale/zh.po:20: " in said(rules=True) or "docs/locale/zh.po:21: " in said(rules=True)


@pytest.mark.parametrize("charset", ["latin-1", "nonsense"])
def test_the_catalogue_is_utf8_whatever_its_header_says(charset, bare, said):
    change(bare / "docs" / "locale" / "zh.po", "charset=utf-8", f"charset={charset}")
    assert said() == ""
    assert Book(bare).source("chapter/line", "zh").startswith('"""画一条线。')
    assert __main__.main(["--root", str(bare), "translate"]) == 0
    assert "charset=utf-8" in (bare / "docs" / "locale" / "zh.po").read_text(encoding="utf-8")


NO_PYTHON = [
    "x = = 1\n",
    "x = '\0'\n",
    "def f():\n x\n  y\n",
    '"""A\n',
    f"x = {'(' * 300}{')' * 300}\n",
    f"x = {'-' * 100_000}1\n",
]


@pytest.mark.parametrize("command", ["check", "translate", "run"])
def test_no_command_ends_in_a_traceback_over_a_snippet_that_is_no_python(command, bare, capsys):
    for text in NO_PYTHON:
        snippet(bare).write_text(text)
        assert __main__.main(["--root", str(bare), command]) == 1
        assert "snippets/chapter/line.py:" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_page(text, bare, said):
    for language in ("zh", "en"):
        (bare / "docs" / language / "index.md").write_text(text)
    assert [line.split(":")[:2] for line in said().split("\n")] == [
        ["docs/en/index.md", "1"],
        ["docs/zh/index.md", "1"],
        ["snippets/chapter/line.py", "1"],
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"values": 3}', '{"values": {"y": {"nonsense": 3}}}'])
def test_frozen_numbers_that_cannot_be_read(text, bare, said):
    (bare / "data" / "full").mkdir(parents=True)
    (bare / "data" / "full" / "line.json").write_text(text)
    for language in ("zh", "en"):
        change(bare / "docs" / language / "index.md", "{{ line:", "{{ full/line:")
    assert "docs/en/index.md:3: " in said()


def test_what_only_the_renderer_sees_has_its_place_too(small, monkeypatch):
    monkeypatch.setattr(build.checks, "problems", lambda book: [])
    change(small / "docs" / "en" / "index.md", "[](#fig-line)", "[](#fig-lime)")
    assert "docs/en/index.md:3: a reference to #fig-lime, but no figure, table, equation, or theorem on the page has" in fails(
        small
    )
