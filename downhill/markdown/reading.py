"""Which formulas and citations Python-Markdown finds on a page, with nothing run: checks hold their own reading against it."""

import functools
import html
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from downhill.markdown import explorable
from downhill.markdown.front import BLOCKS
from downhill.markdown.math import formulas
from downhill.markdown.numbering import Figure, Table

# what mkdocs.yml lists, without what runs, counts, or links (tests/markdown/test_rendered.py compares them)
EXTENSIONS = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "tables": {},
    "pymdownx.arithmatex": {"generic": True, "inline_syntax": ["dollar"], "block_syntax": ["dollar"]},
    "pymdownx.details": {},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": "python", "class": "python", "format": lambda *_, **__: "", "validator": lambda *_, **__: True}
        ]
    },
}


@dataclass(frozen=True)
class Citing:
    """A citation: the source's key, the place in it, its own words (None where it has its label), the elements around it."""

    key: str
    spot: str
    words: str | None
    within: tuple[str, ...]


@dataclass
class Rendered:
    """What a page shows, in the order of reading: its formulas, as (LaTeX, display?), its citations, its text without code and
    formulas, and how many blocks of each tag; “fence” is one's."""

    formulas: list[tuple[str, bool]] = field(default_factory=list)
    citations: list[Citing] = field(default_factory=list)
    text: str = ""
    blocks: Counter = field(default_factory=Counter)


@functools.lru_cache(maxsize=1024)
def rendered(text: str) -> Rendered:
    """Return what Python-Markdown finds on a page."""
    if not text.strip():
        return Rendered()  # it runs nothing on an empty page
    md = _markdown().reset()
    md.convert(text)
    return md.treeprocessors["downhill-reading"].found


@functools.cache
def _markdown() -> Markdown:
    md = Markdown(extensions=[*EXTENSIONS, Captions()], extension_configs=EXTENSIONS)
    md.inlinePatterns.register(Citation(md), "downhill-citation", 175)
    md.treeprocessors.register(Collector(md), "downhill-reading", 16)
    md.treeprocessors.register(Text(md), "downhill-text", -1)  # after all others
    return md


class Captions(BlocksExtension):
    """The captions of figures and tables, without their numbers, and the blocks of the first page."""

    def extendMarkdownBlocks(self, md: Markdown, blocks) -> None:
        for block in (Figure, Table, Explorable, *BLOCKS):
            blocks.register(block, {})


class Explorable(Block):
    """A figure to touch, with the list of its words as it is written."""

    NAME, ARGUMENT, OPTIONS = "explorable", True, explorable.Explorable.OPTIONS

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "div", {"class": "explorable"})


class Citation(InlineProcessor):
    """`[@key, §2]` as a link to @key that has yet to get its words (references.py)."""

    def __init__(self, md: Markdown):
        super().__init__(r"\[@([\w-]+)(?:\s*[,，]\s*([^\[\]]*?))?\s*\]", md)

    def handleMatch(self, m, data):
        return ET.Element("a", {"href": f"@{m[1]}", "data-place": m[2] or ""}), m.start(0), m.end(0)


class Text(Treeprocessor):
    """Collects the text and counts the blocks of a page, once nothing of its syntax is left."""

    def run(self, root: ET.Element) -> None:
        found = self.md.treeprocessors["downhill-reading"].found
        found.text = re.sub(f"{STX}.*?{ETX}", self._entity, "".join(self._text(root)))
        found.blocks = Counter(element.tag for element in root.iter())
        found.blocks["note"] = sum(element.get("class", "").startswith("admonition ") for element in root.iter("div"))
        found.blocks["explorable"] = sum(element.get("class") == "explorable" for element in root.iter("div"))
        found.blocks["fence"] = sum(bool(HTML_PLACEHOLDER_RE.fullmatch((e.text or "").strip())) for e in root.iter("p"))

    def _entity(self, placeholder: re.Match) -> str:
        """Return the sign for which a placeholder stands, or nothing if it stands for code."""
        match = HTML_PLACEHOLDER_RE.fullmatch(placeholder[0])
        stashed = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])]) if match else ""
        return html.unescape(stashed) if stashed.startswith("&") else ""

    def _text(self, element: ET.Element):
        if element.tag not in ("code", "pre") and "arithmatex" not in element.get("class", "").split():
            yield element.text or ""
            for child in element:
                yield from self._text(child)
        yield element.tail or ""


class Collector(Treeprocessor):
    """Collects what is on a page, once the syntax inside of its blocks is read."""

    def run(self, root: ET.Element) -> None:
        self.found = Rendered(formulas=[(latex, display) for _, latex, display in formulas(root)])
        self._collect(root, ())

    def _collect(self, element: ET.Element, within: tuple[str, ...]) -> None:
        if element.tag == "a" and element.get("href", "").startswith("@"):
            words = None if "data-place" in element.attrib else "".join(element.itertext())
            self.found.citations.append(Citing(element.get("href")[1:], element.get("data-place", ""), words, within))
        for child in element:
            self._collect(child, (*within, element.tag))
