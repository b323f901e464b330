"""Formulas that cannot be converted, whatever the values that they quote."""

import functools
import re

from downhill.manuscript.values import QUOTE
from downhill.markdown.math import LABEL, FormulaError, convert


def formulas(text: str):
    """Yield (line, LaTeX, display?) of every formula of a page."""
    block, start = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() == "$$":
            if block is not None:
                yield start, LABEL.sub("", "\n".join(block)), True
            block, start = ([] if block is None else None), number
        elif block is not None:
            block.append(line)
        else:
            yield from ((number, latex, False) for latex in re.findall(r"(?<![\\$])\$([^$\n]+)\$", line))


@functools.lru_cache(maxsize=4096)
def problems(place: str, text: str) -> list[str]:
    """Return a sentence for each formula of a page that cannot be converted, whatever the values it quotes."""
    found = []
    for number, latex, display in formulas(QUOTE.sub("0", text)):
        try:
            convert(latex, display)
        except FormulaError as error:
            found.append(f"{place}:{number}: {error}")
    return found
