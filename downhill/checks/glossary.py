"""Entries of the glossary that the twin does not mirror, that are not complete, or not the only one."""

from downhill.checks.blocks import blocks
from downhill.manuscript.terms import NAME, terms


def problems(book) -> list[str]:
    """Return a sentence for each entry that its twin does not mirror, or that is not complete or not the only one."""
    if NAME not in book.pages["en"] or NAME not in book.pages["zh"]:
        return []
    english, chinese = (book.pages[language][NAME] for language in ("en", "zh"))
    ours, theirs = terms(english.text), {term.id: term for term in terms(chinese.text)}
    found = []
    for term in ours:
        twin = theirs.get(term.id)
        if twin is None or (term.own, term.other) != (twin.other, twin.own):
            said = " · ".join(map(str, twin and (twin.own, twin.other) or ("nothing",)))
            found.append(f"{english.place}:{term.line}: “{term.id}” is {term.own} · {term.other}, its twin says {said}")
        if not term.defined:
            found.append(f"{english.place}:{term.line}: “{term.id}” has no definition (a line that begins with “:   ”)")
    for page in (english, chinese):
        first: dict[str, int] = {}
        for form, line in ((form, term.line) for term in terms(page.text) for form in term.own):
            if line != first.setdefault(form, line):
                found.append(f"{page.place}:{line}: “{form}” stands in line {first[form]} too")
        entries = {term.line for term in terms(page.text)}
        for term, definition in zip(blocks(page.text), blocks(page.text)[1:], strict=False):
            if definition.kind == "definition" and term.kind == "term" and term.line.number not in entries:
                found.append(f"{page.place}:{term.line.number}: an entry is “word · word of the other language {{#id}}”")
    return found
