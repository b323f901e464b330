"""Figures to touch: what of a block, of a structure, and of a link to a setting is refused, and in which words."""

import re

import pytest

from downhill.execution import trials
from downhill.manuscript.book import Book
from tests.small import change

STRUCTURE = """<div class="drawing" data-stage=""><svg viewBox="0 0 345.6 216" /></div>
<label><span data-words="rate"></span> <input type="range" name="lr" min="0" max="1" value="0.5" /></label>
<select name="method"><option value="sgd" data-words="sgd" /></select>
<p role="status"><span data-words="far" hidden=""></span></p>
<button type="button" data-set="lr=1" data-words="one"></button>
"""
WORDS = "- `rate`: A $x$\n- `sgd`: B\n- `far`: C\n- `one`: [D](#fig-line)\n"
BLOCK = f"\n/// explorable | slope\n    figure: fig-line\n\n{WORDS}///\n\nThe end [x](#fig-line:lr=0.1&method=sgd).\n"


@pytest.fixture
def touched(bare):
    """The bare book, with a figure to touch below its figure."""
    folder = bare / "docs" / "theme" / "explorables"
    folder.mkdir(parents=True)
    (folder / "slope.html").write_text(STRUCTURE, encoding="utf-8")
    (folder / "slope.js").write_text("", encoding="utf-8")
    for language in ("en", "zh"):
        path = bare / "docs" / language / "index.md"
        path.write_text(path.read_text(encoding="utf-8") + BLOCK, encoding="utf-8")
    return bare


def both(root, old, new):
    for language in ("en", "zh"):
        change(root / "docs" / language / "index.md", old, new)


def test_a_whole_one_is_right(touched, said):
    assert said() == ""


def test_one_that_stands_for_itself_is_right_and_can_be_set(touched, said):
    both(touched, "    figure: fig-line\n\n- `rate`", "    id: slope\n\n- `rate`")
    both(touched, "(#fig-line:lr", "(#slope:lr")
    assert said() == ""


def test_one_that_stands_for_itself_needs_a_stage(touched, said):
    change(touched / "docs" / "theme" / "explorables" / "slope.html", ' data-stage=""', "")
    assert said() == ""
    both(touched, "    figure: fig-line\n\n- `rate`", "    id: slope\n\n- `rate`")
    both(touched, "(#fig-line:lr", "(#slope:lr")
    for language in ("en", "zh"):
        assert f"docs/{language}/index.md:19: slope has no stage of its own; write <div" in said()


BLOCKS = {  # what is changed on both pages: (what stands there, what then is said)
    "/// explorable | slope": (
        "/// explorable | slop",
        "there is no figure to touch slop: no docs/theme/explorables/slop.html; did",
    ),
    "    figure: fig-line\n\n- `rate`": (
        "    figure: fig-lime\n\n- `rate`",
        "does not stand directly below the caption fig-lime",
    ),
    "    figure: fig-line\n\n- `r": ("\n- `r", "says not where slope stands; write “    figure: fig-id”"),
    "    figure: fig-line\n\n-": ("    figure: fig-line\n    id: a\n\n-", "is indented by 4 spaces"),
    "    figure: fig-line\n\n- ": ("    figur: fig-line\n\n- ", "says not where slope stands"),
    "- `one`: [D](#fig-line)\n": ("", "slope lacks the words one; write “- `one`: …”"),
    "- `sgd`: B": ("- `adam`: B", "slope has no place for the words adam"),
    "- `sgd`": ("- `rate`", "the words rate stand in this list twice"),
    "- `one`: [D]": ("- `two`: [D]", "slope has no place for the words two"),
    "- `far`: C\n- `one`: [D](#fig-line)\n": ("", "slope lacks the words far, one; write “- `far`: …”"),
    f"\n{WORDS}": ("", "slope lacks the words far, one, rate, sgd; write “- `far`: …”"),
    "- `far`: C\n": ("- `far`: &nbsp;\n", "the words far are empty; write what slope shows there"),
    "- `far`: C\n- ": ("- `far`:\n- ", "words of a figure to touch are written “- `key`: words”"),
    "`rate`: A": ("`Rate`: A", "slope has no place for the words Rate; did you mean rate?"),
    "- `far`: C": ("- far: C", "words of a figure to touch are written “- `key`: words”"),
    "(#fig-line)\n///": ("(#fig-line)", "the block slope does not end in a line ///"),
    "///\n\n/// explorable": ("///\n\nText.\n\n/// explorable", "does not stand directly below the caption fig-line"),
    "lr=0.1": ("lr=1.1", "a link to #fig-line:lr=1.1&method=sgd, but lr is between 0 and 1, not 1.1"),
    "lr=0": ("rate=0", "it has no control rate; it has lr, method"),
    "method=sgd": ("method=lion", "method is sgd, not lion"),
    "lr=0.1&method=sgd": ("lr", "a setting is name=value, joined by &"),
    "(#fig-line:lr": ("(#eq-line:lr", "no figure to touch stands there"),
    "x](#fig-line:": ("x](#fig-lime:", "a link to #fig-lime, but nothing there has the id fig-lime"),
}


@pytest.mark.parametrize("old", BLOCKS)
def test_a_block_or_link_is_refused(old, touched, said):
    new, message = BLOCKS[old]
    both(touched, old, new)
    found = said()
    for language in ("en", "zh"):
        assert [line for line in found.split("\n") if line.startswith(f"docs/{language}/index.md:") and message in line], found


STRUCTURES = {
    "<select name": ("<selec name", ":3: is no XML: mismatched tag; write <input … />"),
    'data-words="sgd" />': ('data-words="sgd">B</option>', "the place sgd has words of its own"),
    "lr=1": ("lr=2", "the setting lr=2: lr is between 0 and 1, not 2"),
    "<label>": ('<label style="color: red">', "a structure has no style"),
    "<p role": ('<p data-room="" role', 'is <svg data-room="" viewBox='),
    'data-words="rate"': ('data-word="a" data-words="rate"', "data-word is no attribute of a figure to touch; those are"),
    '<span data-words="rate">': ('<span data-words=""></span><span data-words="rate">', "the key “” of a place is letters,"),
    '<span data-words="far"': ('<span data-words="so far" /><span data-words="far"', "the key “so far” of a place is"),
    "</span> <input": ("</span> rate <input", "“rate” would stand on both languages' pages; write <span data-words="),
    "<label><span": ("<label>率 <span", "“率” would stand on both languages' pages"),
    "<input": ('<input aria-label="Rate"', "“Rate” would stand on both languages' pages"),
}


@pytest.mark.parametrize("old", STRUCTURES)
def test_a_structure_is_refused(old, touched, said):
    new, message = STRUCTURES[old]
    change(touched / "docs" / "theme" / "explorables" / "slope.html", old, new)
    found = [line for line in said().split("\n") if line.startswith("docs/theme/explorables/slope.html:")]
    assert len(found) == 1 and message in found[0]


@pytest.mark.parametrize("call", ["words", "say"])
def test_words_that_a_module_asks_for_have_a_place(call, touched, said):
    module = touched / "docs" / "theme" / "explorables" / "slope.js"
    module.write_text(f'this.{call}("rate"); this.{call}("fat");\n', encoding="utf-8")
    place = '<span data-words="fat" hidden=""></span>'
    found = f"slope.js asks for the words fat; write {place}; did you mean far?"
    assert said() == f"docs/theme/explorables/slope.html:1: {found}"


def test_the_drawing_of_the_runs_has_its_words(touched, said):
    change(touched / "docs" / "theme" / "explorables" / "slope.html", "<svg viewBox", '<svg data-still="" viewBox')
    found = re.findall(r"the drawing of the runs asks for the words (\w+); write <span", said())
    assert found == sorted(trials.WORDS - {"rate", "sgd"})


def test_a_structure_without_a_module_is_refused(touched, said):
    (touched / "docs" / "theme" / "explorables" / "slope.js").unlink()
    assert said() == "docs/theme/explorables/slope.html:1: has no module slope.js beside it"


def test_twins_have_the_same_keys_and_the_same_place(touched, said):
    change(touched / "docs" / "zh" / "index.md", "- `far`: C\n- `one`", "- `one`: C\n- `far`")
    assert "docs/zh/index.md:24: code ['`far`'] in English, ['`one`'] in Chinese" in said()


def test_words_are_checked_like_all_others(touched, said):
    both(touched, "- `far`: C", "- `far`: <b>C</b> {{ lime: x }}")
    assert "docs/en/index.md:24: HTML is not part" in said()


def test_a_figure_to_touch_is_found_by_name(touched):
    from downhill.checks.explorables import read, settings

    page = Book(touched).pages["en"]["index.md"]
    (found,) = read(page.text)
    assert (found.id, found.stem, found.ended, len(found.parts)) == ("fig-line", "slope", True, 6)
    assert settings(Book(touched), page)["fig-line"]["lr"].bounds == (0, 1)
