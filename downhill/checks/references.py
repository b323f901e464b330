"""Citations without a source, or where none can stand, and lists of sources out of place."""

import re

from downhill.checks.memory import remembered
from downhill.checks.sources import PLACE
from downhill.manuscript.bibliography import load
from downhill.manuscript.names import suggestion
from downhill.manuscript.prose import LISTS, citations, listed, prose
from downhill.manuscript.values import QUOTE
from downhill.markdown.reading import Citing, rendered

FORM = "a citation is [@key] or [@key, §2], or [words](@key)"


def problems(book) -> list[str]:
    """Return a sentence for each citation of a source that is not in the bibliography, and for each list out of place."""
    found = []
    entries = load(book.root).entries
    for page in (page for pages in book.pages.values() for page in pages.values()):
        cited = citations(page.text)
        lists = listed(page.text)
        for number, key, _ in cited:
            if key not in entries:
                hint = suggestion(key, entries)
                found.append(f"{page.place}:{number}: cites @{key}, which is not in {PLACE}{hint}")
        found += misplaced(page.place, page.text)
        for number, line in prose(page.text):
            bare = [key for key in re.findall(r"(?<![\w\[(.])@([\w-]+)", line) if key in entries]
            found += [f"{page.place}:{number}: @{key} without brackets is no citation; write [@{key}]" for key in bare]
        if cited and not lists:
            found.append(f"{page.place}:{cited[0][0]}: cites sources, but the page has no line {LISTS[0]}")
        if not cited and LISTS[0] in lists:
            found.append(f"{page.place}:{lists[LISTS[0]]}: {LISTS[0]}, but the page cites nothing")
    return found


@remembered
def misplaced(place: str, text: str) -> list[str]:
    """Return a sentence for each citation that Python-Markdown does not take for one, or that cannot stand where it does."""
    text = QUOTE.sub("0", text)
    shown = rendered(text).citations
    found = []
    for (number, key, spot), citing in zip(citations(text), shown, strict=False):
        if re.search(r"[$`*_\\<>{}]", spot):
            return [*found, f"{place}:{number}: the place in a citation is plain text, without signs of Markdown: {spot}"]
        if (key, spot) != (citing.key, citing.spot):
            return [*found, f"{place}:{number}: @{key} is shown otherwise: {FORM}"]
        if said := _trouble(citing):
            found.append(f"{place}:{number}: {said}")
    if len(shown) != len(citations(text)):
        number, key, _ = (citations(text)[len(shown) :] or [(1, shown[-1].key, "")])[0]
        return [*found, f"{place}:{number}: @{key} is shown otherwise: {FORM}"]
    beside = [number for number, line in prose(text) if re.search(r"\[@[^\]]*\]\s?\[@", line)]
    return found + [f"{place}:{number}: two citations side by side; put a comma or a word between them" for number in beside]


def _trouble(citing: Citing) -> str:
    """Return why a citation cannot stand where it does, or nothing."""
    if heading := {f"h{level}" for level in range(1, 7)} & set(citing.within):
        return f"cites @{citing.key} in a heading ({min(heading)}); cite it in a sentence below"
    if citing.words is not None and not citing.words.strip():
        return f"a citation without words: write [@{citing.key}], or words between the brackets"
    if {"a", "summary"} & set(citing.within):
        return f"cites @{citing.key} within a link or a title; cite it beside that"
    return ""
