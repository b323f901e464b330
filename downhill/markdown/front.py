"""What only the book's first page has: the sentence that opens it, a card for each chapter, a strip of counts.

`/// hero` holds that sentence, `/// cards` a numbered list of `[Title](page.md#fig-id): Question? What is there.`, and
`/// counts` a list of values, each with what it counts.
"""

import logging
import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from downhill.manuscript import counts
from downhill.markdown.sketch import sketch

log = logging.getLogger("mkdocs.downhill")
QUESTION = re.compile(r"\s*[:：]\s*(?P<question>[^?？]+[?？])\s*")
WORDS = {
    "en": ("{}\u00a0minutes", "{}\u00a0programs", "{}\u00a0exercises", " · "),
    "zh": ("约 {} 分钟", "{} 个程序", "{} 道练习", " · "),
}


class Hero(Block):
    """The sentence that says what the book is."""

    NAME, TAG = "hero", "div"

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, self.TAG, {"class": self.NAME})


class Cards(Hero):
    """The chapters."""

    NAME = "cards"


class Counts(Hero):
    """What the book holds, in numbers."""

    NAME = "counts"


BLOCKS = (Hero, Cards, Counts)
NAMES = tuple(block.NAME for block in BLOCKS)


class FrontExtension(BlocksExtension):
    """Python-Markdown extension. Option `language`: zh or en; what runs left is taken from the shelf of the fence."""

    def __init__(self, **options):
        self.config = {"language": ["en", "The language of the pages: zh or en."]}
        super().__init__(**options)

    def extendMarkdownBlocks(self, md: Markdown, blocks) -> None:
        for block in BLOCKS:
            blocks.register(block, {})
        md.treeprocessors.register(Drawn(md, self.getConfig("language")), "downhill-front", 7)  # before terms are marked


class Drawn(Treeprocessor):
    """Makes a card of each chapter's item: its figure as a sketch, its question, and what it holds."""

    def __init__(self, md: Markdown, language: str):
        super().__init__(md)
        self.language = language

    def run(self, root: ET.Element) -> None:
        count = 0
        for cards in [element for element in root.iter("div") if element.get("class") == Cards.NAME]:
            items = list(cards.iter("li"))
            if count:
                cards.find("ol").set("start", str(count + 1))
            for item in items:
                self._card(item)
            count += len(items)

    def _card(self, item: ET.Element) -> None:
        """Put the parts of a card in the place of the words of an item."""
        link = item.find("a")
        match = QUESTION.match(link.tail or "") if link is not None else None
        name, _, figure = link.get("href", "").partition("#") if match else ("", "", "")
        page = self.md.shelf.book.pages[self.language].get(name)
        if not page or (figure and figure not in page.figures):
            log.warning("a card is [Title](page.md#fig-id): Question? What is there. It is not %s", "".join(item.itertext()))
            return
        link.set("href", name)
        link.set("class", "card-title")
        link.tail, about = None, ET.Element("p", {"class": "card-about"})
        about.text = match.string[match.end() :]
        about.extend([child for child in item if child is not link])
        question, held = ET.Element("p", {"class": "card-question"}), ET.Element("p", {"class": "card-counts"})
        question.text, held.text = match["question"], said(counts.page_counts(page), self.language)
        drawing = self._sketch(page.figures[figure]) if figure else ""
        item.text, item[:] = drawing, [link, question, about, held]

    def _sketch(self, snippet: str) -> str:
        """Return the place of a snippet's sketch in the page."""
        drawing = sketch(self.md.shelf.result(snippet).figures[self.language][0])
        return self.md.htmlStash.store(f'<div class="sketch" data-search-exclude>{drawing}</div>')


def said(counted: counts.Counted, language: str) -> str:
    r"""Return what a page holds, in words.

    >>> said(counts.Counted(programs=24, figures=13, exercises=0, minutes=45), "en")
    '45\xa0minutes · 24\xa0programs'
    """
    *words, between = WORDS[language]
    numbers = (counted.minutes, counted.programs, counted.exercises)
    return between.join(word.format(number) for word, number in zip(words, numbers, strict=True) if number)


def makeExtension(**options) -> FrontExtension:
    return FrontExtension(**options)
