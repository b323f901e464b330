"""Compares the Chinese page with its English twin: line n answers line n, and what is no prose is the same in both."""

import re

from downhill.checks.memory import remembered
from downhill.manuscript.prose import Line, cells, hidden, lines, spans

SAME = {  # what two answering lines must share, and how it is found where code, formulas, and values are hidden
    "heading level": re.compile(r"^#+(?= )"),
    "id": re.compile(r"\{#([\w-]+)\}"),
    "link": re.compile(r"\]\(([^)\s]+)"),
    "citation": re.compile(r"\[@([\w-]+)"),
    "caption": re.compile(r"^ */// *(.*)$"),
    "alternative text": re.compile(r"^ *(alt):"),
    "option": re.compile(r"^ +(?:figure|id): .*$"),
    "block": re.compile(r"^ *(?:!!!|\?\?\?\+?) \w+(?: [\w-]+)?"),
    "difficulty": re.compile(r"^\[\[difficulty: .*$"),
    "list item": re.compile(r"^ *(?:[-*+]|\d+\.) "),
    "definition": re.compile(r"^ *:   "),
    "indentation": re.compile(r"^ *(?=\S)"),
}
ANY_ORDER = {"link", "citation"}  # as the order of words differs between the languages


def problems(pages: dict[str, dict]) -> list[str]:
    """Return a sentence for each place where a page and its twin differ in structure."""
    found = [f"{page.place}:1: has no English twin" for name, page in pages["zh"].items() if name not in pages["en"]]
    for name, english in pages["en"].items():
        if name not in pages["zh"]:
            found.append(f"{english.place}:1: has no Chinese twin")
        else:
            found += compare(pages["zh"][name].place, english.text, pages["zh"][name].text)
    return found


@remembered
def compare(page: str, english: str, chinese: str) -> list[str]:
    """Return a sentence for each line in which two pages differ in structure; the first one only if one page is longer."""
    ours, theirs = lines(english.rstrip("\n")), lines(chinese.rstrip("\n"))
    found = []
    for one, other in zip(ours, theirs, strict=False):
        if said := _difference(one, other):
            found.append(f"{page}:{other.number}: {said}")
    if len(ours) == len(theirs):
        return found
    longer = "the English" if len(ours) > len(theirs) else "the Chinese"
    count = f"{len(ours)} lines in English, {len(theirs)} in Chinese"
    shorter = min(len(ours), len(theirs))
    return [f"{found[0]} ({count})"] if found else [f"{page}:{shorter}: only {longer} page goes on here ({count})"]


def _difference(one: Line, other: Line) -> str:
    """Return how two lines differ in what must be the same; nothing if they answer each other."""
    verbatim = {"fence", "code", "dollars", "formula"}
    if {one.kind, other.kind} & verbatim and one.text.rstrip() != other.text.rstrip():
        return f"is verbatim in English “{one.text.strip()}”, in Chinese “{other.text.strip()}”"
    if (one.kind == "blank") != (other.kind == "blank"):
        return f"a line answers an empty one: in English “{one.text.strip()}”, in Chinese “{other.text.strip()}”"
    if one.kind in verbatim or one.kind == "blank":
        return ""
    if one.text.lstrip().startswith("|") and len(cells(one.text)) != len(cells(other.text)):
        return "the table rows differ in their cells"
    for kind in ("formula", "value", "code"):
        left, right = (sorted(span.text for span in spans(line.text) if span.kind == kind) for line in (one, other))
        if left != right:
            return f"{kind} {left} in English, {right} in Chinese"
    for what, pattern in SAME.items():
        left, right = (pattern.findall(hidden(line.text)) for line in (one, other))
        if what in ANY_ORDER:
            left, right = sorted(left), sorted(right)
        if left != right:
            return f"{what} {left} in English, {right} in Chinese"
    return ""
