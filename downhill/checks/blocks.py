"""Blocks of a page that are not part of the book's Markdown, or stand where Python-Markdown takes them for something else.

What the book's Markdown is: headings, paragraphs of one line, lists, tables, definitions, folded blocks, captions, fences,
and displayed formulas; blank lines between them, contents indented by four spaces.
"""

import functools
import re
from dataclasses import dataclass

import yaml

from downhill.checks.memory import remembered
from downhill.manuscript import forms, prose
from downhill.manuscript.values import QUOTE
from downhill.markdown.front import NAMES

FOLDS = ("note", "abstract", "info", "tip", "success", "question", "failure", "danger", "bug", "example", "quote", *forms.WORDS)
KINDS = {  # how a block begins
    "heading": re.compile(r"#{1,6} +(?P<words>.*?)(?P<id> *\{#[^{}]*\})?$"),
    "item": re.compile(r"(?!(?:[-*_] ?){3,}$)(?P<mark>[-*+]|\d+\.) +(?P<words>.*)$"),
    "row": re.compile(r"\|.*$"),
    "definition": re.compile(r":   (?P<words>\S.*)$"),
    "fold": re.compile(
        rf'(?P<mark>\?\?\?\+?|!!!) (?P<kind>{"|".join(FOLDS)})(?: (?P<id>[a-z][a-z0-9-]*))? "(?P<words>[^"]+)"$'
    ),
    "caption": re.compile(r"/// (?P<kind>figure|table) \| (?P<id>[a-z][a-z0-9-]*)$"),
    "explorable": re.compile(r"/// explorable \| (?P<stem>[a-z][a-z0-9-]*)$"),
    "block": re.compile(rf"/// (?P<kind>{'|'.join(NAMES)})$"),
    "end": re.compile(r"///$"),
}
TERM = re.compile(r"(?P<words>.*?)(?: \{#(?P<id>[a-z][\w-]*)\})?$")  # what a definition stands below
RULE = re.compile(r"(\|\s*:?-+:?\s*)+\|")  # the second row of a table
FAULTS = {  # what else may begin a line, and what to write
    r"(\?\?\?|!!!)": f"a folded block or note begins with ??? or !!!, a kind ({', '.join(FOLDS)}), "
    'and a "Title"; before the title of a theorem, proposition, or lemma stands its id, in English: thm-a-name',
    r"///": "what begins with /// is /// figure | fig-id, /// table | tab-id, /// explorable | name, or "
    f"/// {', /// '.join(NAMES)}; it ends with ///",
    r'===\+? ?"': "tabs (===) are not part of the book's Markdown; write headings, or a list",
    r"#{7}": "a heading has six # at most",
    r"#+[^# ]": "a heading has a space after its #; in a sentence write \\#",
    r"\d+\)( |$)": "a list is numbered 1. 2. 3., not with a bracket",
    r"\d{1,2}[．、](?!\d)": "a list is numbered 1. 2. 3., with a point and a space",
    r"[•·‣▪●–—] ": "an item begins with - and a space",
    r">": "quotations (>) are not part of the book's Markdown; write “…”, or !!! quote",
    r"([-*_] ?){3,}$": "rules and front matter (---) are not part of the book's Markdown; write a heading",
    r"=+$": "a heading begins with #, and is not underlined",
    r"\*\[[^\]]*\]:": "abbreviations are not part of the book's Markdown; write the word in full, or put it into the glossary",
    r"\[\^[^\]]*\]:": "footnotes are not part of the book's Markdown; write a sentence, or cite a source: [@key]",
    r"\[[^\]]*\]:( |$)": "addresses apart from their links are not part of the book's Markdown; write [words](address)",
    r"([-*+]|\d+\.)$": "an item without words",
    r":": "a definition begins with a colon and three spaces",
}
WORDLESS = {"caption", "explorable", "block", "option", "end", "fence", "formula"}
TOGETHER = {  # blocks that follow each other without a blank line
    ("item", "item"),
    ("row", "row"),
    ("term", "definition"),
    ("definition", "definition"),
    ("caption", "alt"),
    ("caption", "paragraph"),
    ("block", "paragraph"),
    ("block", "item"),
    ("item", "end"),
    ("paragraph", "end"),
    ("explorable", "option"),
}


@dataclass(frozen=True)
class Block:
    """A line that begins a block: its kind (of KINDS, or paragraph, term, alt, option, fence, formula), and its parts."""

    line: prose.Line
    kind: str
    match: re.Match | None = None

    @property
    def words(self) -> str:
        """The text of the block without what marks it as one."""
        parts = self.match.groupdict() if self.match else {}
        return parts.get("words", "" if self.kind in WORDLESS else self.line.text.strip())


@functools.lru_cache(maxsize=1024)
def blocks(text: str) -> tuple[Block, ...]:
    """Return what begins on each line of a page that is neither blank nor inside a fence or formula."""
    found = []
    for line in prose.lines(text):
        before = found[-1] if found else None
        if line.kind in ("fence", "dollars", "formula") and (line.opens or line.kind == "formula" and _whole(line)):
            found.append(Block(line, "fence" if line.kind == "fence" else "formula"))
        elif line.kind == "text":
            joined = before and before.line.number == line.number - 1
            below = {"caption": "alt", "explorable": "option"}.get(before.kind) if joined and line.indent else None
            block = Block(line, below) if below else _block(line)
            if joined and (block.kind, before.kind) == ("definition", "paragraph") and block.line.indent == before.line.indent:
                found[-1] = Block(before.line, "term", TERM.match(before.line.text.strip(" ")))
            found.append(block)
    return tuple(found)


def _whole(line: prose.Line) -> bool:
    return bool(prose.ONE_LINE.match(line.text))


def _block(line: prose.Line) -> Block:
    for kind, pattern in KINDS.items():
        if match := pattern.match(line.text.strip(" ")):
            return Block(line, kind, match)
    return Block(line, "paragraph")


@remembered
def problems(place: str, text: str) -> list[str]:
    """Return a sentence for each block of a page that is not part of the book's Markdown."""
    found, last, ends = [], None, _ends(text)
    inside = [0]  # how far the contents of the blocks that are open here are indented
    for block in blocks(text):
        line, own = block.line, []
        while inside[-1] > line.indent:
            inside.pop()
        if block.kind in ("paragraph", "term"):
            own += [said for begin, said in FAULTS.items() if re.match(begin, line.text.strip(" "))][:1]
        if line.indent != inside[-1] and block.kind not in ("alt", "option"):
            own.append(
                f"is indented by {line.indent} spaces, where its block is by {inside[-1]}; code is written in a fence (```)"
            )
            inside.append(line.indent)
        if block.kind in ("alt", "option") and line.indent != last.line.indent + 4:
            what = {"alt": "an alternative text is", "option": "figure: and id: are"}[block.kind]
            own.append(f"{what} indented by four spaces more than the line above")
        if last and ends[last.line.number] == line.number - 1 and not _together(last, block):
            own.append("a blank line is missing before this one (a paragraph is one line)")
        if block.kind in ("item", "fold", "definition") or own and re.match(r"[?!]{3}|={3}", line.text.strip()):
            inside.append(line.indent + 4)
        if last and last.kind == "fold" and line.indent <= last.line.indent:
            found.append(f"{place}:{last.line.number}: has nothing in it; its contents are indented by four spaces")
        found += [f"{place}:{line.number}: {said}" for said in own[:1]]
        last = block
    if last and last.kind == "fold":
        found.append(f"{place}:{last.line.number}: has nothing in it; its contents are indented by four spaces")
    return found + [f"{place}:{n}: {said}" for n, said in (*_unclosed(text), *_headings(text), *_lists(text), *_tables(text))]


def _together(last: Block, block: Block) -> bool:
    """Return whether a block may follow another without a blank line."""
    inside, beside = block.line.indent > last.line.indent, block.line.indent == last.line.indent
    if last.kind == "fold":
        return inside and block.kind != "fold"
    return (last.kind, block.kind) in TOGETHER and (beside or block.kind in ("item", "alt", "option"))


@functools.lru_cache(maxsize=1024)
def _ends(text: str) -> dict[int, int]:
    """Return {the number of the line that begins a block: that of its last line}."""
    ends, begun = {}, 0
    for line in prose.lines(text):
        if line.kind in ("fence", "dollars") and not line.opens:
            ends[begun] = line.number
        elif line.kind not in ("code", "formula") or (line.kind == "formula" and _whole(line)):
            ends[begun := line.number] = line.number
    return ends


def _unclosed(text: str):
    for line in prose.lines(text):
        if line.kind == "unclosed":
            what = "formula" if line.text.strip() == "$$" else "fence"
            yield (
                line.number,
                (
                    f"the {what} that begins here is not closed by {line.text.split()[0][:3]} at the same indentation"
                    + (", or has a blank line inside" if what == "formula" else "")
                ),
            )


def _headings(text: str):
    """Yield (line number, sentence) of headings without title, id, or order."""
    level = 0
    if not blocks(text):
        yield 1, "an empty page; it begins with its title: # Title {#id}"
    for block in blocks(text):
        number, mark = block.line.number, block.line.text.split(" ")[0]
        if not level and (block.kind != "heading" or mark != "#" or number != 1):
            yield number, "a page begins with its title in its first line: # Title {#id}"
        if block.kind == "heading":
            if level and mark == "#":
                yield number, "a page has one title (#); the other headings begin with ## or more"
            elif level and len(mark) > level + 1:
                yield number, f"a heading with {mark} follows one with {'#' * level}; write {'#' * (level + 1)}"
            if block.line.indent:
                yield number, "a heading does not stand inside another block"
            if not re.fullmatch(r" +\{#[a-z][a-z0-9-]*\}", block.match["id"] or ""):
                yield number, "a heading ends with its id, in English: {#a-few-words} (small letters, digits, hyphens)"
            if re.search(r"(?<!\\)#+$", block.words.strip()):
                yield number, "a heading has no # behind its words; leave it out, or write \\#"
            if not block.words.strip():
                yield number, "a heading without words"
            level = len(mark)
        level = level or 1


def _lists(text: str):
    """Yield (line number, sentence) of lists that Python-Markdown numbers or marks otherwise than they are written."""
    open_lists: dict[int, str] = {}  # {indentation: mark of the last item}
    cards = False  # whose numbers go on from one list to the next: checks/front.py
    for block in blocks(text):
        cards = block.match["kind"] == "cards" if block.kind == "block" else cards and block.kind == "item"
        open_lists = {indent: mark for indent, mark in open_lists.items() if indent <= block.line.indent}
        before = open_lists.get(block.line.indent)
        if block.kind != "item":
            open_lists.pop(block.line.indent, None)
            continue
        mark = open_lists[block.line.indent] = block.match["mark"]
        wanted = f"{int(before[:-1]) + 1}." if before and before[:-1] else "1."
        if before and bool(before[:-1]) != bool(mark[:-1]):
            yield block.line.number, f"an item {mark} in a list of {before}; write a sentence between two lists"
        elif mark[:-1] and mark != wanted and (before or not cards):
            yield block.line.number, f"the item {mark} is shown as {wanted}; write that, or {mark[:-1]}\\. in a sentence"
        if not block.words.strip():
            yield block.line.number, "an item without words"


def _tables(text: str):
    """Yield (line number, sentence) of tables that would not be shown as such, or without some of their cells."""
    rows: list[prose.Line] = []
    for block in (*blocks(text), None):
        row = block.line if block and block.kind == "row" else None
        if rows and (row is None or row.number != rows[-1].number + 1):
            yield from _table(rows)
            rows = []
        rows += [row] if row else []


def _table(rows: list[prose.Line]):
    """Yield what is wrong with the rows of one table."""
    head = prose.cells(rows[0].text)
    if len(rows) < 3 or not RULE.fullmatch(rows[1].text.strip()):
        yield rows[0].number, "a table is a row of headings, a row |---|---|, and rows of cells"
        return
    for row in rows:
        written = row.text.strip()
        latex = [QUOTE.sub("0", span.text) for span in prose.spans(written) if span.kind == "formula"]
        if pipes := [each for each in latex if re.search(r"(?<!\\)\|", each)]:
            yield (
                row.number,
                f"| in {pipes[0]} ends a cell of the table; write \\lvert x \\rvert, \\lVert x \\rVert, \\vert or \\mid",
            )
        elif not written.endswith("|") or written.endswith("\\|") or len(written) < 2:
            yield row.number, "a row of a table begins and ends with |"
        elif RULE.fullmatch(written) and row is not rows[1]:
            yield row.number, "a row |---|---| stands only below the headings of a table; a cell says –"
        elif len(prose.cells(row.text)) != len(head):
            count = len(prose.cells(row.text))
            yield (
                row.number,
                f"{count} cells, where the table's first row has {len(head)}; in a sentence write \\|, \\vert in a formula",
            )


@dataclass(frozen=True)
class Caption:
    """A caption: its kind (figure or table), id, and alternative text; the block that it stands under; where it is."""

    kind: str
    id: str
    line: int
    indent: int
    alt: str | None
    above: Block | None


def captions(text: str) -> list[Caption]:
    """Return the captions of a page, in their order."""
    found, above = [], None
    for block, after in zip(blocks(text), (*blocks(text)[1:], None), strict=False):
        if block.kind == "caption":
            alt = alternative_text(after.line.text) if after and after.kind == "alt" else None
            found.append(Caption(block.match["kind"], block.match["id"], block.line.number, block.line.indent, alt, above))
        above = block
    return found


@functools.lru_cache(maxsize=4096)
def alternative_text(line: str) -> str | None:
    """Return the alternative text of a line `alt: …` as pymdownx reads it, which is YAML; None if it is none."""
    try:
        read = yaml.safe_load(QUOTE.sub("0", line))
    except yaml.YAMLError:
        return None
    alt = read.get("alt", 0) if isinstance(read, dict) and len(read) == 1 else 0
    return "" if alt is None else alt if isinstance(alt, str) else None
