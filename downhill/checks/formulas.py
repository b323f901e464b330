"""Formulas that cannot be converted, whatever the values that they quote, or that Python-Markdown does not take for one."""

import itertools
import re

from downhill.checks.memory import remembered
from downhill.manuscript import prose
from downhill.manuscript.values import QUOTE
from downhill.markdown.latex import FormulaError, unlabelled
from downhill.markdown.math import convert
from downhill.markdown.mathml import flat
from downhill.markdown.reading import rendered

WORD = re.compile(r"(?<=\s)[A-Za-z]{3,}(?=\s)")


@remembered
def problems(place: str, text: str) -> list[str]:
    """Return a sentence for each formula of a page that cannot be shown as it is written, whatever the values it quotes."""
    return unconvertible(place, text) or [*_prices(place, text), *_unlike(place, text)]


def unconvertible(place: str, text: str) -> list[str]:
    """Return a sentence for each formula of a page that does not become MathML; a value that it quotes is 0."""
    found, lines = [], text.split("\n")
    for number, latex, display in prose.formulas(text):
        latex = QUOTE.sub("0", latex).strip()
        begin = number + (lines[number - 1].strip() == "$$")
        try:
            latex, _ = unlabelled(latex, display)
            math = convert(latex, display)
        except FormulaError as error:
            found.append(f"{place}:{begin + error.line}: {error}")
            continue
        if lines[number - 1].startswith("#") and not flat(math):
            said = "write it in words, or as a row of letters and signs"
            found.append(f"{place}:{number}: the table of contents would show {latex} as {''.join(math.itertext())}: {said}")
        if not display and (word := _word(latex)):
            found.append(
                rf"{place}:{number}: the word “{word}” in the formula {latex}: write \text{{{word}}}, or \$ for a dollar sign"
            )
    return found


def _prices(place: str, text: str):
    """Yield a sentence for each formula that a digit follows, as in $5/$10."""
    for line in prose.lines(text):
        spans = prose.spans(line.text) if line.kind == "text" else ()
        for span, after in itertools.pairwise(spans):
            if span.kind == "formula" and after.kind == "text" and after.text[0].isdigit():
                said = rf"{span.text}{after.text[0]}… is read as a formula; write \$ for the sign, or a space after the formula"
                yield f"{place}:{line.number}: {said}"


def _unlike(place: str, text: str) -> list[str]:
    """Return a sentence for the first formula of a page that Python-Markdown reads otherwise, or not at all."""
    written = [(QUOTE.sub("0", latex).split(), number) for number, latex, _ in prose.formulas(text)]
    shown = [latex.split() for latex, _ in rendered(QUOTE.sub("0", text)).formulas]
    for (latex, number), other in itertools.zip_longest(written, shown, fillvalue=((), 1)):
        if latex != other and text.split("\n")[number - 1].lstrip().startswith("|"):
            return []  # blocks.py tells of the row's cells
        if latex != other:
            return [f"{place}:{number}: {' '.join(latex or other)} is shown otherwise: write $…$ in its line, or $$ lines"]
    return []


def _word(latex: str) -> str:
    """Return a word that stands among spaces in a formula, and in no braces."""
    while (flat := re.sub(r"\{[^{}]*\}", " ", latex)) != latex:
        latex = flat
    match = WORD.search(latex)
    return match[0] if match else ""
