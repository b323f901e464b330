"""Compares the Chinese page with its English twin: line n answers line n, and what is no prose is the same in both."""

import functools
import re
from itertools import zip_longest

FORMULA = re.compile(r"\$[^$\n]+\$")
SAME = {  # what two answering lines must share, and how it is found
    "heading level": re.compile(r"^#+(?= )"),
    "id": re.compile(r"\{#([\w-]+)\}"),
    "formula": FORMULA,
    "value": re.compile(r"\{\{.*?\}\}"),
    "link": re.compile(r"\]\(([^)\s]+)"),
    "citation": re.compile(r"\[@([\w-]+)"),
    "code": re.compile(r"(?<!`)`[^`]+`(?!`)"),
    "caption": re.compile(r"^ */// *(.*)$"),
    "block": re.compile(r"^ *(?:!!!|\?\?\?\+?) \w+"),
    "list item": re.compile(r"^ *(?:[-*]|\d+\.) "),
    "indentation": re.compile(r"^ *(?=\S)"),
}


def problems(pages: dict[str, dict]) -> list[str]:
    """Return a sentence for each place where a page and its twin differ in structure."""
    found = [f"{page.place}: has no English twin" for name, page in pages["zh"].items() if name not in pages["en"]]
    for name, english in pages["en"].items():
        if name not in pages["zh"]:
            found.append(f"{english.place}: has no Chinese twin")
        else:
            found += compare(pages["zh"][name].place, english.text, pages["zh"][name].text)
    return found


@functools.lru_cache(maxsize=1024)
def compare(page: str, english: str, chinese: str) -> list[str]:
    """Return the first difference in structure of two pages, as a list of one sentence or none."""
    verbatim = False
    pairs = zip_longest(english.splitlines(), chinese.splitlines())
    for number, (one, other) in enumerate(pairs, 1):
        place = f"{page}:{number}"
        if one is None or other is None:
            return [f"{place}: one page ends here, its twin does not"]
        fence = one.strip().startswith("```") or one.strip() == "$$"
        if (verbatim or fence) and one != other:
            return [f"{place}: is verbatim in English “{one.strip()}”, in Chinese “{other.strip()}”"]
        verbatim ^= fence
        if not verbatim and not fence and (difference := _difference(one, other)):
            return [f"{place}: {difference}"]
    return []


def _difference(one: str, other: str) -> str:
    """Return how two lines differ in what must be the same; nothing if they answer each other."""
    if bool(one.strip()) != bool(other.strip()):
        return "a line answers an empty one"
    if one.lstrip().startswith("|") and _shape(one) != _shape(other):
        return "the table rows differ in their cells"
    for what, pattern in SAME.items():
        left, right = pattern.findall(one), pattern.findall(other)
        if what in ("formula", "value", "link", "citation", "code"):  # the order of words differs between the languages
            left, right = sorted(left), sorted(right)
        if left != right:
            return f"{what} {left} in English, {right} in Chinese"
    return ""


def _shape(row: str) -> int:
    return len(re.sub(r"\$[^$]*\$|\{\{.*?\}\}|`[^`]*`", "", row).strip().strip("|").split("|"))
