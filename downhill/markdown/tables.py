"""Tables: a first column that names the rows is their heading, a short name in many columns stays on one line, and what is too
wide for a phone becomes a card a row there: each cell carries the heading of its column."""

import html
import re
import unicodedata
import xml.etree.ElementTree as ET

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from downhill.markdown.linear import linear

MANY, LONGEST = 4, 20  # columns; letters of a name, of which a hanzi counts two
ROOM, PADDING = 41, 2  # letters beside each other at 360 pixels; those that the padding of a column takes
LINES, SHORTEST = 8, 6  # of a cell the most lines, and the letters of a line
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
WORD = re.compile(r"[\u2e80-\uffef]|[^\u2e80-\uffef \n]+")


class TablesExtension(Extension):
    """Python-Markdown extension, without options."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Tables(md), "downhill-tables", 13)  # after what fills in references and citations


class Tables(Treeprocessor):
    """Marks what names a row, the cells that do not break, and tables as what takes the focus, to be scrolled by keys."""

    def run(self, root: ET.Element) -> None:
        built = {table for element in root.iter() if element.get("data-module") for table in element.iter("table")}
        for table in root.iter("table"):
            if table not in built:  # a figure to touch has a structure of its own
                self._mark(table)
                self._label(table)

    def _mark(self, table: ET.Element) -> None:
        table.set("tabindex", "0")
        first = [row[0] for row in table.iterfind("tbody/tr")]
        if len({"".join(cell.itertext()).strip() for cell in first}) == len(first):
            for cell in first:
                cell.tag = "th"
                cell.set("scope", "row")
        for row in table.iter("tr"):
            if len(row) >= MANY and width("".join(row[0].itertext()).strip()) <= LONGEST:
                row[0].set("class", "unbroken")

    def _label(self, table: ET.Element) -> None:
        """Make cards, on a phone, of the rows of a table that is wider than it; layout.css draws them."""
        heads, *rows = [[self._words(cell) for cell in row] for row in table.iter("tr")]
        if fits([heads, *rows]):
            return
        table.set("data-cards", "")
        for row in table.iterfind("tbody/tr"):
            for cell, head in zip(row, heads, strict=True):
                if head and cell.get("scope") != "row":
                    cell.set("data-label", " ".join(head.split()))

    def _words(self, cell: ET.Element) -> str:
        """Return what a cell says in one line; a formula in it is one word, and wider than its letters."""

        def said(element: ET.Element) -> str:
            if element.tag == "math":
                typeset = re.sub(r"_(\d+)", lambda match: match[1].translate(BELOW), linear(element))
                return typeset.replace("-", "−").replace(" ", "\u00a0") + "\u00a0"
            return (element.text or "") + "".join(said(child) + (child.tail or "") for child in element)

        stash = self.md.htmlStash.rawHtmlBlocks  # what is code or an entity stands there
        text = HTML_PLACEHOLDER_RE.sub(lambda match: re.sub("<[^>]*>", "", str(stash[int(match[1])])), said(cell))
        words = html.unescape(text).strip(" \n")
        return words.replace(" ", "\u00a0") if cell.get("class") == "unbroken" else words


def fits(rows: list[list[str]]) -> bool:
    """Return whether the cells of a table stand beside each other on a phone, each on few lines.

    >>> fits([["method", "rate"], ["SGD", "0.1"]]), fits([["method", "rate"], ["SGD", "0.1 " * 90]])
    (True, False)
    """
    columns = list(zip(*rows, strict=True))
    return sum(max(map(least, column)) + PADDING for column in columns) <= ROOM


def least(text: str) -> int:
    """Return the letters of the longest line of a text on few lines, none of them very short, and no word broken.

    >>> least("0.1"), least("a learning rate of"), least("normalized"), least("学习率与批量")
    (3, 8, 10, 6)
    """
    return max([min(width(text), SHORTEST), -(-width(text) // LINES), *map(width, WORD.findall(text))])


def width(text: str) -> int:
    """Return how wide a text is, in letters.

    >>> width("SGD 与动量")
    10
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def makeExtension(**options) -> TablesExtension:
    return TablesExtension(**options)
