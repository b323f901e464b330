"""Forms for kinds of text: what is well formed passes in both languages, and what is not is refused with its line."""

import pytest

from downhill.checks import exercises
from downhill.manuscript import forms
from tests.book import BOOK
from tests.small import change

TASKS = """
## {exercises} {{#exercises}}

### {one} {{#exercise-one}}

[[difficulty: 2]]

$x$?

??? hint "{hint}"

    $y$.

??? success "{solution}"

    $z$.
"""
WORDS = {
    "en": {"exercises": "Exercises", "one": "One", "hint": "Hint", "solution": "Solution"},
    "zh": {"exercises": "练习", "one": "第一题", "hint": "提示", "solution": "解答"},
}
ALL = """
!!! theorem thm-x "{theorem}"

    $x$:

    $$
    x = 1. \\label{{eq-x}}
    $$

??? proof "{proof}"

    $y$. $\\square$

!!! guess "{guess}"

    $z$?

    1. $a$
    2. $b$

!!! measured "{measured}"

    $$
    y = {{{{ line: y[1]:.1f }}}}
    $$

!!! warning "{warning}"

    $w$: [](#thm-x).

| a | b |
|---|---|
| 1 | 2 |
"""


def add(root, texts: dict[str, str]) -> dict[str, int]:
    """Add a text to the end of each page; return the line in which it begins."""
    begun = {}
    for language, text in texts.items():
        path = root / "docs" / language / "index.md"
        before = path.read_text(encoding="utf-8")
        begun[language] = before.count("\n") + 1
        path.write_text(before + text, encoding="utf-8")
    return begun


@pytest.fixture
def written(bare):
    words = {language: {kind: said[language] for kind, said in forms.WORDS.items()} for language in ("en", "zh")}
    add(bare, {language: ALL.format(**words[language]) for language in words})
    add(bare, {language: TASKS.format(**words) for language, words in WORDS.items()})
    return bare


def test_all_forms_and_an_exercise_are_part_of_the_books_markdown(written, said):
    assert said() == ""


@pytest.mark.parametrize(
    ("language", "old", "new", "message"),
    [
        ("zh", '"定理"', '"Theorem"', "a theorem is titled “定理” or “定理（…）”, not “Theorem”"),
        ("zh", '"定理"', '"定理：凸函数"', "not “定理：凸函数”"),
        ("en", '"Proof"', '"Proof of it"', "a proof is titled “Proof” or “Proof (…)”, not “Proof of it”"),
        ("zh", "!!! theorem", "!!! lemma", "block ['!!! theorem thm-x'] in English, ['!!! lemma thm-x'] in Chinese"),
        ("zh", "theorem thm-x", "theorem thm-y", "block ['!!! theorem thm-x'] in English, ['!!! theorem thm-y'] in Chinese"),
        (
            "zh",
            "difficulty: 2",
            "difficulty: 3",
            "difficulty ['[[difficulty: 2]]'] in English, ['[[difficulty: 3]]'] in Chinese",
        ),
        ("en", "[[difficulty: 2]]\n\n$x$?", "$x$?\n\n[[difficulty: 2]]", "alone on the line below the heading of an exercise"),
    ],
)
def test_what_is_malformed_or_differs_from_its_twin_is_refused(language, old, new, message, written, said):
    path = written / "docs" / language / "index.md"
    change(path, old, new)
    line = next(n for n, text in enumerate(path.read_text("utf-8").split("\n"), 1) if new.split("\n")[-1] in text)
    assert [
        found for found in said().split("\n") if found.startswith(f"docs/{language}/index.md:{line}: ") and message in found
    ]


def test_a_name_in_the_title_is_its_own(written, said):
    change(written / "docs" / "en" / "index.md", '"Theorem"', '"Theorem (convex functions)"')
    change(written / "docs" / "zh" / "index.md", '"定理"', '"定理（凸函数）"')
    assert said() == ""


@pytest.mark.parametrize("end", ["1", "1,"])
def test_a_statement_that_ends_in_a_formula_ends_in_a_full_stop(end, written, said):
    for language in ("en", "zh"):
        path = written / "docs" / language / "index.md"
        change(path, "x = 1. \\label", f"x = {end} \\label")
        line = next(n for n, text in enumerate(path.read_text("utf-8").split("\n"), 1) if text.startswith("!!! theorem"))
        assert f"docs/{language}/index.md:{line}: a theorem ends in a full stop" in said()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[difficulty: 2]]\n\n", "", "the exercise has no difficulty"),
        ('??? hint "Hint"\n\n    $y$.\n\n', "", 'the exercise has no hint; write ??? hint "Hint" before its solution'),
    ],
)
def test_an_exercise_without_difficulty_or_hint_is_refused(old, new, message, written, said):
    path = written / "docs" / "en" / "index.md"
    heading = next(n for n, text in enumerate(path.read_text("utf-8").split("\n"), 1) if "{#exercise-one}" in text)
    assert "the exercise" not in said(rules=True)
    change(path, old, new)
    assert f"docs/en/index.md:{heading}: {message}" in said(rules=True)


def test_every_exercise_of_the_book_is_one():
    assert sum(len(exercises.exercises(page.text)) for page in BOOK.pages["zh"].values()) >= 35
    assert exercises.problems(BOOK) == []
