"""Forms for kinds of text: what a page marks as a theorem, a proof, a guess, and so on; and how hard an exercise is.

A form is a note, `!!! theorem thm-id "Theorem (its name)"`, or folded, `??? hint "Hint"`. Its kind is told by the word that its
title begins with, so that it is told on paper, in plain Markdown, and to who does not see it.
"""

import re

WORDS = {
    "theorem": {"en": "Theorem", "zh": "定理"},
    "proposition": {"en": "Proposition", "zh": "命题"},
    "lemma": {"en": "Lemma", "zh": "引理"},
    "proof": {"en": "Proof", "zh": "证明"},
    "guess": {"en": "Guess first", "zh": "先猜后看"},
    "measured": {"en": "Measured", "zh": "实测"},
    "warning": {"en": "Warning", "zh": "注意"},
    "hint": {"en": "Hint", "zh": "提示"},
}
STATEMENTS = ("theorem", "proposition", "lemma")  # which have an id, and a number
NAMED = {"en": "{} (…)", "zh": "{}（…）"}  # a title with a name
TITLE = {"en": r"{}(?: \([^()]+\))?", "zh": r"{}(?:（[^（）]+）)?"}
DIFFICULTY = re.compile(r"^\[\[difficulty: ([123])\]\]$", re.MULTILINE)
HARDEST = 3
LEVELS = {"en": ("Difficulty", "{} of {}"), "zh": ("难度", "{}（共 {} 级）")}


def titled(kind: str, title: str, language: str) -> bool:
    """Return whether a title begins with the word of its kind, alone or with a name.

    >>> titled("theorem", "Theorem (convex functions)", "en"), titled("theorem", "定理（凸函数）", "zh")
    (True, True)
    >>> titled("proof", "Proof of it", "en"), titled("hint", "提示一", "zh")
    (False, False)
    """
    return bool(re.fullmatch(TITLE[language].format(WORDS[kind][language]), title))


def level(number: int, language: str) -> str:
    """Return how hard an exercise is, in words.

    >>> level(2, "en"), level(2, "zh")
    ('2 of 3', '2（共 3 级）')
    """
    return LEVELS[language][1].format(number, HARDEST)
