"""Formulas that cannot be converted, whatever the values that they quote."""

import functools

from downhill.manuscript import prose
from downhill.manuscript.values import QUOTE
from downhill.markdown.math import LABEL, FormulaError, convert


@functools.lru_cache(maxsize=4096)
def problems(place: str, text: str) -> list[str]:
    """Return a sentence for each formula of a page that cannot be converted, whatever the values it quotes."""
    found = []
    for number, latex, display in prose.formulas(text):
        try:
            convert(LABEL.sub("", QUOTE.sub("0", latex)), display)
        except FormulaError as error:
            found.append(f"{place}:{number}: {error}")
    return found
