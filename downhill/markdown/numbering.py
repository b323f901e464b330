"""Captions, numbers and references: figures, tables, labelled equations, and theorems are counted a page at a time.

`/// figure | fig-id` after a fence and `/// table | tab-id` after a table hold their captions; `[](#fig-id)` becomes
“Figure 2”, or 图 2, and so on.
"""

import logging
import re
import xml.etree.ElementTree as ET
from collections import Counter

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

from downhill.manuscript import forms
from downhill.manuscript.prose import apart
from downhill.markdown.fence import END, PICTURE, PROGRAM, anchor

log = logging.getLogger("mkdocs.downhill")
NUMBERED = ("figure", "table", "equation", *forms.STATEMENTS)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
WORDS = {
    "en": {
        "figure": "Figure {}",
        "table": "Table {}",
        "equation": "({})",
        "caption": "{}. ",
        "link": "Link to this formula",
        "source": "Source and test",
    },
    "zh": {
        "figure": "图 {}",
        "table": "表 {}",
        "equation": "式（{}）",
        "caption": "{}　",
        "link": "这个公式的链接",
        "source": "源文件与测试",
    },
}


class Numbers:
    """Counts what on a page has a number, and keeps how a sentence calls it: {id: “Figure 2”}.

    Statements are counted together, so that Theorem 3 is found after Proposition 2.
    """

    def __init__(self, language: str):
        self.language, self.names = language, {}
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, identity: str) -> int:
        """Count a thing, and return its number."""
        statement = kind in forms.STATEMENTS
        self._counts[row := "statement" if statement else kind] += 1
        word = f"{forms.WORDS[kind][self.language]} {{}}" if statement else WORDS[self.language][kind]
        self.names[identity] = word.format(self._counts[row])
        return self._counts[row]


class Figure(Block):
    """The caption of the figure that the fence above it drew."""

    NAME, ARGUMENT, OPTIONS = "figure", True, {"alt": ["", type_string]}

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(
            parent, "figcaption", {"class": self.NAME, "id": self.argument, "alt": self.options.get("alt", "")}
        )


class Table(Figure):
    """The caption of the table above it."""

    NAME, OPTIONS = "table", {}


class NumberingExtension(BlocksExtension):
    """Python-Markdown extension. Option `language`: zh or en."""

    def __init__(self, **options):
        self.config = {"language": ["en", "The language of the pages: zh or en."]}
        super().__init__(**options)

    def extendMarkdownBlocks(self, md: Markdown, blocks) -> None:
        md.language = self.getConfig("language")
        blocks.register(Figure, {})
        blocks.register(Table, {})
        md.treeprocessors.register(Numbering(md), "downhill-numbering", 15)  # after inline syntax and formulas


class Numbering(Treeprocessor):
    """Joins captions to what they are captions of, counts, and fills in references."""

    def run(self, root: ET.Element) -> None:
        numbers = Numbers(self.md.language)
        unnumbered = 0
        for parent in list(root.iter()):
            for place in [child for child in parent if child.tag == "p"]:
                self._part(parent, place)
            for caption in [child for child in parent if child.tag == "figcaption" and "alt" in child.attrib]:
                self._join(parent, caption)
        if any(PICTURE in str(block) and "<svg" in str(block) for block in self.md.htmlStash.rawHtmlBlocks):
            log.warning("a figure has no caption: write /// figure | fig-id after its fence")
        for corner in [header for header in root.iter("th") if not len(header) and not (header.text or "").strip()]:
            corner.tag = "td"  # a heading must say something
        for element in root.iter():
            kind = self._kind(element)
            if kind in NUMBERED and (identity := element.get("id")):
                count = numbers.add(kind, identity)
                self._number(element, kind, numbers.names[identity], count)
            elif kind == "equation":
                unnumbered += 1
                self._anchor(element, f"formula-{unnumbered}")
        for link in root.iter("a"):
            if (target := link.get("href", "")).startswith("#") and not (len(link) or (link.text or "").strip()):
                if target[1:] not in numbers.names:
                    log.warning("a reference to %s, but no figure, table, equation, or theorem on the page has this id", target)
                link.text = numbers.names.get(target[1:], "?")
                link.tail = apart(link.text, link.tail or "") + (link.tail or "")  # “图 4” ends in a digit

    def _part(self, parent: ET.Element, place: ET.Element) -> None:
        """Part a snippet's picture from its program, and name the program; link to its file where the book has a repository."""
        match = HTML_PLACEHOLDER_RE.fullmatch((place.text or "").strip())
        blocks = self.md.htmlStash.rawHtmlBlocks
        if not match or not (mark := PROGRAM.match(str(blocks[int(match[1])]))):
            return
        shown, end, blocks[int(match[1])] = str(blocks[int(match[1])])[mark.end() :].rpartition(END)
        if shown:
            picture = ET.Element("p")
            picture.text = self.md.htmlStash.store(shown + end)
            parent.insert(list(parent).index(place), picture)
        place.tag, place.attrib = "div", {"class": "program", "id": anchor(mark[1])} | dict(ATTRIBUTE.findall(mark[2]))
        if self.md.sources:
            place[:] = [link := ET.Element("a", {"class": "program-source"})]
            link.set("href", f"{self.md.sources}/snippets/{mark[1]}.py")
            link.text = f"{WORDS[self.md.language]['source']}"

    @staticmethod
    def _kind(element: ET.Element) -> str | None:
        """Return what an element is, if it may have a number; a statement gets its id, which stands among its classes."""
        if element.tag not in ("figure", "div"):
            return None
        match element.get("class", "").split():
            case [note, kind, identity] if kind in forms.STATEMENTS:
                element.attrib |= {"class": f"{note} {kind}", "id": identity}
                return kind
        return element.get("class")

    def _anchor(self, element: ET.Element, identity: str) -> None:
        """Give a formula without a number an id, and a link to it that shows when it is pointed at."""
        element.set("id", identity)
        title = WORDS[self.md.language]["link"]
        link = ET.SubElement(element, "a", {"class": "headerlink", "href": f"#{identity}", "title": title, "aria-label": title})
        link.text = "¶"

    def _number(self, element: ET.Element, kind: str, name: str, count: int) -> None:
        """Write a figure's or table's number before its caption, a statement's into its title, an equation's beside it."""
        if kind == "equation":
            number = ET.SubElement(element, "a", {"class": "equation-number", "href": f"#{element.get('id')}"})
            number.text = f"({count})"
            return
        number = ET.Element("a", {"class": "caption-number", "href": f"#{element.get('id')}"})
        if kind in forms.STATEMENTS:
            number.text, place = name, element[0]
            place.text = (place.text or "").removeprefix(forms.WORDS[kind][self.md.language])
        else:
            number.text, place = WORDS[self.md.language]["caption"].format(name), element.find("figcaption/p")
            if place is None:
                place = ET.SubElement(element.find("figcaption"), "p")
        number.tail, place.text = place.text, None
        place.insert(0, number)

    def _join(self, parent: ET.Element, caption: ET.Element) -> None:
        """Make a `figure` of a caption and what it is a caption of: the table before it, or the picture before the program."""
        index = list(parent).index(caption)
        kind, identity, alt = caption.get("class"), caption.get("id"), caption.get("alt")
        caption.attrib.clear()
        figure = ET.Element("figure", {"class": kind, "id": identity})
        before = parent[index - 1] if index else None
        if kind == "table" and before is not None and before.tag == "table":
            parent[index - 1 : index + 1] = [figure]
            figure.extend([before, caption])
        elif kind == "figure" and index > 1 and (drawing := self._take_picture(parent[index - 2], identity, alt)):
            parent[index - 2 : index + 1] = [figure, before]
            figure.text = drawing
            figure.append(caption)
        else:
            parent[index] = figure
            figure.append(caption)
            log.warning("the caption %s does not come directly after a %s", identity, kind)

    def _take_picture(self, paragraph: ET.Element, identity: str, alt: str) -> str:
        """Take the picture out of its stashed HTML; return its placeholder, or nothing where none is."""
        match = HTML_PLACEHOLDER_RE.fullmatch((paragraph.text or "").strip())
        blocks = self.md.htmlStash.rawHtmlBlocks
        if not match or not str(blocks[int(match[1])]).startswith(PICTURE):
            return ""
        if not alt.strip():
            log.warning("the figure %s has no alternative text (alt: …)", identity)
        label = alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        drawing = str(blocks[int(match[1])]).removeprefix(PICTURE).removesuffix(END)
        blocks[int(match[1])] = drawing.replace('role="img"', f'role="img" aria-label="{label}"')
        return paragraph.text


def makeExtension(**options) -> NumberingExtension:
    return NumberingExtension(**options)
