"""Forms on the page: a class for all, a name for those in sight, dots with words for how hard an exercise is."""

import pytest
from lxml import html
from markdown import Markdown

from downhill.manuscript import forms

TEXT = '!!! theorem "{theorem} (one)"\n\n    If so.\n\n??? proof "{proof}"\n\n    Hence.\n\n!!! note "Title"\n\n    More.\n'


def made(text: str, language: str):
    names = ["admonition", "pymdownx.details", "downhill.markdown.forms"]
    return html.fromstring(Markdown(extensions=names, extension_configs={names[2]: {"language": language}}).convert(text))


def test_a_form_has_a_class_and_one_in_sight_a_name():
    page = made(TEXT.format(theorem="Theorem", proof="Proof"), "en")
    theorem, proof, note = page
    assert (theorem.get("class"), theorem.get("role"), theorem.get("aria-label")) == (
        "admonition theorem form",
        "group",
        "Theorem (one)",
    )
    assert theorem[0].text == "Theorem (one)"
    assert (proof.tag, proof.get("class"), proof.get("role")) == ("details", "proof form", None)
    assert proof.get("open") is None
    assert (note.get("class"), note.get("role")) == ("admonition note", None)


@pytest.mark.parametrize(("language", "word", "said"), [("en", "Difficulty ", "2 of 3"), ("zh", "难度 ", "2（共 3 级）")])
def test_how_hard_an_exercise_is_stands_in_dots_with_words(language, word, said):
    place = made("<div></div>\n\n[[difficulty: 2]]", language)[-1]
    assert (place.get("class"), place.text, "data-search-exclude" in place.attrib) == ("difficulty", word, True)
    (dots,) = place
    assert (dots.get("role"), dots.get("aria-label")) == ("img", said)
    assert (dots[0].text, dots[0].get("aria-hidden")) == ("●●○", "true")


def test_each_kind_has_its_word_in_both_languages():
    words = [said[language] for said in forms.WORDS.values() for language in ("en", "zh")]
    assert len(set(words)) == len(words) == 2 * len(forms.WORDS)
