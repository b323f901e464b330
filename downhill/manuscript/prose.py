"""The one reading of a page: which of its lines are code, formulas, or text, what a line of text is made of, and what it cites.

Checker and renderers share it. Where Python-Markdown or its extensions have an expression for a thing, that one is used.
"""

import functools
import re
from dataclasses import dataclass
from types import SimpleNamespace

from markdown.extensions.tables import PIPE_LEFT, PIPE_RIGHT, TableProcessor
from pymdownx.arithmatex import RE_SMART_DOLLAR_INLINE

from downhill.manuscript.values import QUOTE

FENCE = re.compile(r"^(?P<indent> *)(?P<mark>`{3,}|~{3,})(?P<info>.*?) *$")
ONE_LINE = re.compile(r"^ *\$\$(?P<latex>[^$]+)\$\$ *$")
CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")  # a ` that it leaves over is refused, so no other rule is needed
FORMULA = re.compile(RE_SMART_DOLLAR_INLINE)
CITATION = re.compile(r"\[@([\w-]+)(?:\s*[,，]\s*([^\]]*?))?\s*\]|\]\(@([\w-]+)\)")
LISTS = ("[[references]]", "[[bibliography]]")
HIDDEN = "\x02"  # stands for a character of code or of a formula where text alone is looked at


def apart(before: str, after: str) -> str:
    """Return the space that Chinese asks for between what ends and what begins: a hanzi keeps off a letter or a digit.

    >>> apart("图 4", "里"), apart("图 4", "。"), apart("由", "Robbins")
    (' ', '', ' ')
    """
    ends = before[-1:], after[:1]
    hanzi = ["\u4e00" <= sign <= "\u9fff" for sign in ends]
    return " " if any(hanzi) and any(sign.isascii() and sign.isalnum() for sign in ends) else ""


@dataclass(frozen=True)
class Line:
    """A line of a page.

    `kind` is “text” or “blank”; “fence” (it opens or closes one), “code” (inside a fence); “dollars” (it opens or closes a
    displayed formula), “formula” (inside, or the whole of one on one line); “unclosed” (a fence or formula that never ends).
    """

    number: int
    text: str
    kind: str
    opens: bool = False

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))


@dataclass(frozen=True)
class Span:
    """A piece of a line of text: “code”, “formula”, “value” (a quote outside both), or “text”."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@functools.lru_cache(maxsize=1024)
def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a page.

    >>> [line.kind for line in lines("a\\n\\n```\\nb\\n```\\n$$\\nc\\n$$")]
    ['text', 'blank', 'fence', 'code', 'fence', 'dollars', 'formula', 'dollars']
    """
    raw, found = text.split("\n"), []
    while len(found) < len(raw):
        number, line = len(found), raw[len(found)]
        match, dollars = FENCE.match(line), line.strip(" ") == "$$"
        if (match and "`" not in match["info"]) or dollars:
            inside, outside = ("formula", "dollars") if dollars else ("code", "fence")
            end = _dollars(raw, number) if dollars else _end(raw, number, match)
            kinds = [outside, *[inside] * (end - number - 1), outside] if end else ["unclosed"]
        else:
            kinds = ["formula" if ONE_LINE.match(line) else "text" if line.strip(" ") else "blank"]
        found += [Line(number + i + 1, raw[number + i], kind, opens=not i) for i, kind in enumerate(kinds)]
    return tuple(found)


def _end(raw: list[str], start: int, match: re.Match) -> int:
    """Return the index of the line that closes a fence, or 0: a line that is less indented than the fence ends it unclosed."""
    for index in range(start + 1, len(raw)):
        line = raw[index]
        if line.rstrip(" ") == match["indent"] + match["mark"]:
            return index
        if line.strip(" ") and not line.startswith(match["indent"]):
            return 0
    return 0


def _dollars(raw: list[str], start: int) -> int:
    """Return the index of the line that closes a displayed formula, or 0; a blank line ends it unclosed."""
    for index in range(start + 1, len(raw)):
        if not raw[index].strip(" "):
            return 0
        if raw[index].strip(" ") == "$$":
            return index
    return 0


@functools.lru_cache(maxsize=65536)  # more than the book has lines: the checks read all of them, one after the other
def spans(line: str) -> tuple[Span, ...]:
    """Return what a line of text is made of, in order; joined, the pieces are the line.

    >>> [(span.kind, span.text) for span in spans("`a$` is ${{ one: x }}$ or {{ one: y }}")]  # doctest: +NORMALIZE_WHITESPACE
    [('code', '`a$`'), ('text', ' is '), ('formula', '${{ one: x }}$'), ('text', ' or '), ('value', '{{ one: y }}')]
    """
    found, masked, at = [], line, 0
    while match := min(filter(None, (CODE.search(line, at), QUOTE.search(line, at))), key=lambda m: m.start(), default=None):
        kind = "value" if match.re is QUOTE else "code"
        found.append(Span(kind, match[0], match.start()))
        masked = _covered(masked, match.start(), match.end(), "0" if kind == "value" else HIDDEN)
        at = match.end()
    formulas = [Span("formula", line[m.start(2) : m.end()], m.start(2)) for m in FORMULA.finditer(masked) if m[2]]
    apart = [span for span in found if not any(f.start <= span.start < f.end for f in formulas)]
    pieces, at = [], 0
    for span in sorted([*apart, *formulas], key=lambda span: span.start):
        pieces += [Span("text", line[at : span.start], at)] if span.start > at else []
        pieces.append(span)
        at = span.end
    return (*pieces, Span("text", line[at:], at)) if at < len(line) else tuple(pieces)


def _covered(text: str, start: int, end: int, sign: str) -> str:
    return text[:start] + sign * (end - start) + text[end:]


def hidden(line: str, value: str = HIDDEN) -> str:
    """Return a line of text, as long as it is, with a sign in the place of each character of code, formulas, and values.

    >>> hidden("a `b` {{ one: x }}", "0").replace(HIDDEN, "?")
    'a ??? 000000000000'
    """
    signs = {"code": HIDDEN, "formula": HIDDEN, "value": value}
    return "".join(signs[span.kind] * len(span.text) if span.kind in signs else span.text for span in spans(line))


_TABLES = TableProcessor(SimpleNamespace(md=SimpleNamespace(tab_length=4)), {})
_TABLES.border = PIPE_LEFT | PIPE_RIGHT


def cells(row: str) -> list[str]:
    """Return the cells of a row of a table, as Python-Markdown splits it once values are filled in.

    >>> cells("| a | `b|c` | {{ one: x | y }} |")
    [' a ', ' `b|c` ', ' 0 ']
    """
    filled = "".join(QUOTE.sub("0", span.text) if span.kind in ("value", "formula") else span.text for span in spans(row))
    return _TABLES._split_row(filled.strip())


@functools.lru_cache(maxsize=1024)
def quotes(text: str) -> list[tuple[int, re.Match]]:
    """Return (line number, match) of every value that a page quotes: in text and in formulas, not in code."""
    found = []
    for line in lines(text):
        read = [line.text] if line.kind == "formula" else []
        if line.kind == "text":
            read = [span.text for span in spans(line.text) if span.kind != "code"]
        found += [(line.number, match) for part in read for match in QUOTE.finditer(part)]
    return found


def formulas(text: str):
    """Yield (number of its first line, LaTeX, display?) of every formula of a page, with the values that it quotes unfilled."""
    block = None
    for line in lines(text):
        if line.kind == "dollars":
            if not line.opens:
                yield block[0], "\n".join(block[1:]), True
            block = [line.number] if line.opens else None
        elif line.kind == "formula":
            if block:
                block.append(line.text)
            else:
                yield line.number, ONE_LINE.match(line.text)["latex"], True
        elif line.kind == "text":
            yield from ((line.number, span.text[1:-1], False) for span in spans(line.text) if span.kind == "formula")


def prose(text: str, code: bool = False):
    """Yield (line number, line) of what is neither code nor a displayed formula, without inline code unless asked for."""
    for line in lines(text):
        if line.kind in ("text", "unclosed"):
            kept = (span.text for span in spans(line.text) if code or span.kind != "code")
            yield line.number, "".join(kept)


@functools.lru_cache(maxsize=1024)
def citations(text: str) -> list[tuple[int, str, str]]:
    """Return (line number, key, place in the source) of each citation on a page."""
    found = ((number, match) for number, line in prose(text) for match in CITATION.finditer(line))
    return [(number, match[1] or match[3], match[2] or "") for number, match in found]


@functools.lru_cache(maxsize=1024)
def listed(text: str) -> dict[str, int]:
    """Return {list of sources that a page asks for: line number}."""
    return {line.strip(): number for number, line in prose(text) if line.strip() in LISTS}
