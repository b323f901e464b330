"""The block of a figure to touch: words in their places, the figure around it, and settings apart from addresses."""

import re

import pytest
from markdown import Markdown

from downhill.markdown.reading import EXTENSIONS

STRUCTURE = """<div class="drawing" data-stage=""><svg viewBox="0 0 345.6 200" /></div>
<svg data-room="" viewBox="0 0 345.6 96" />
<label><span data-words="rate"></span> <input type="range" name="lr" min="0" max="1" value="0.5" /></label>
<p role="status"><span data-words="far" hidden=""></span></p>
"""
BLOCK = "/// explorable | slope\n    {}\n\n- `rate`: Rate $\\alpha$\n- `far`: It **goes** [on](#fig-a:lr=1&b=2).\n///\n"


@pytest.fixture
def convert(tmp_path):
    """A function from Markdown to HTML, with one structure at hand."""
    folder = tmp_path / "docs" / "theme" / "explorables"
    folder.mkdir(parents=True)
    (folder / "slope.html").write_text(STRUCTURE, encoding="utf-8")
    ours = ["downhill.markdown.math", "downhill.markdown.numbering", "downhill.markdown.explorable"]
    options = {**EXTENSIONS, "downhill.markdown.explorable": {"root": str(tmp_path)}}
    return Markdown(extensions=[*EXTENSIONS, *ours], extension_configs=options).convert


def test_words_stand_in_their_places(convert):
    made = convert(BLOCK.format("id: slope"))
    assert re.match(r'<x-slope class="explorable" data-module="explorables/slope.js" data-search-exclude="" id="slope">', made)
    assert '<span data-words="rate">Rate <span class="formula"><math' in made
    assert '<span data-words="far" hidden="">It <strong>goes</strong> <a' in made
    assert '<input max="1" min="0" name="lr" type="range" value="0.5" />' in made
    assert '<div class="drawing" data-stage=""><svg viewBox="0 0 345.6 200"></svg></div>' in made and "data-room" not in made
    assert "<li>" not in made and "<code>" not in made and made.endswith("</x-slope>")


def test_it_stands_between_the_drawing_and_the_caption(convert):
    caption = "/// figure | fig-a\n    alt: A line.\n\nWords.\n///\n\n"
    made = convert(caption + BLOCK.format("figure: fig-a") + "\nAfter.")
    figure = re.search(r'<figure class="figure" id="fig-a">.*?</figure>', made, re.DOTALL)[0]
    assert figure.index("<x-slope") < figure.index("</x-slope>") < figure.index("<figcaption>")
    assert made.count("<x-slope") == 1 and " figure=" not in made
    assert re.search(r'<svg data-room="" viewBox="0 0 345.6 96"></svg>\s*<x-slope', figure)  # and no longer inside
    assert made.count("data-room") == 1 and "data-stage" not in made


FAR = "- `far`: It **goes** [on](#fig-a:lr=1&b=2).\n"
FAULTS = {
    FAR: ("", "/// explorable | slope: slope lacks the words far; write “- `far`: …”"),
    FAR.strip(): ("- `far`: &nbsp;", "`far`: the words far are empty; write what slope shows there"),
    "- `rate`: Rate": ("- `rat`: Rate", "`rat`: slope has no place for the words rat; did you mean rate?"),
    "- `far`": ("- `rate`", "`rate`: the words rate stand in this list twice; take one of them away"),
    "`far`:": ("far:", "far: words of a figure to touch are written “- `key`: words”"),
}


@pytest.mark.parametrize("old", FAULTS)
def test_words_that_do_not_fit_fail_a_strict_build(old, convert, caplog):
    new, said = FAULTS[old]
    convert(BLOCK.format("id: slope").replace(old, new))
    assert {record.name for record in caplog.records} == {"mkdocs.downhill"}
    assert any(record.getMessage().startswith(said) for record in caplog.records), caplog.text


@pytest.mark.parametrize(
    ("address", "place", "state"),
    [
        ("#fig-a:lr=0.1", "#fig-a", "lr=0.1"),
        ("choosing.md#race:method=adam&lr=1", "choosing.md#race", "method=adam&amp;lr=1"),
    ],
)
def test_a_setting_stands_apart_from_its_address(convert, address, place, state):
    assert convert(f"See [it]({address}).") == f'<p>See <a data-set="{state}" href="{place}">it</a>.</p>'


@pytest.mark.parametrize("address", ["https://a.org/#b:c=1", "a.md#b", "#b", "mailto:a@b.org"])
def test_another_address_stays_as_it_is(convert, address):
    assert convert(f"See [it]({address}).") == f'<p>See <a href="{address}">it</a>.</p>'
