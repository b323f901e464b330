"""Tables: a first column that names the rows is their heading, and a short name in many columns stays on one line."""

import unicodedata
import xml.etree.ElementTree as ET

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

MANY, LONGEST = 4, 20  # columns; letters of a name, of which a hanzi counts two


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


def width(text: str) -> int:
    """Return how wide a text is, in letters.

    >>> width("SGD 与动量")
    10
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def makeExtension(**options) -> TablesExtension:
    return TablesExtension(**options)
