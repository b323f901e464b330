"""What of a page is prose, and what its sentences cite."""

import functools
import re

CITATION = re.compile(r"\[@([\w-]+)(?:\s*[,，]\s*([^\]]*?))?\s*\]|\]\(@([\w-]+)\)")
LISTS = ("[[references]]", "[[bibliography]]")


def prose(text: str, code: bool = False):
    """Yield (line number, line) of what is neither code nor a displayed formula, without inline code unless asked for."""
    verbatim = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("```") or line.strip() == "$$":
            verbatim = not verbatim
        elif not verbatim:
            yield number, line if code else re.sub(r"(`+).+?\1", "", line)


@functools.lru_cache(maxsize=1024)
def citations(text: str) -> list[tuple[int, str, str]]:
    """Return (line number, key, place in the source) of each citation on a page."""
    found = ((number, match) for number, line in prose(text) for match in CITATION.finditer(line))
    return [(number, match[1] or match[3], match[2] or "") for number, match in found]


@functools.lru_cache(maxsize=1024)
def listed(text: str) -> dict[str, int]:
    """Return {list of sources that a page asks for: line number}."""
    return {line.strip(): number for number, line in prose(text) if line.strip() in LISTS}
