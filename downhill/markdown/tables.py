"""Tables: in a table of many columns, a name at the beginning of a row stays on one line."""

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
    """Marks the cells that do not break."""

    def run(self, root: ET.Element) -> None:
        for row in root.iter("tr"):
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
