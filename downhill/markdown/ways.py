"""Where a chapter stands, said at its head: what it uses of others, and, folded, the questions that it answers."""

import xml.etree.ElementTree as ET

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from downhill.manuscript import counts, ways
from downhill.manuscript.book import Book, Page
from downhill.markdown.behind import MARKED, Head, plural

KIND = "ways"  # the class of what folds
USES = {"en": "This chapter uses {}.", "zh": "本章用到{}。"}
ANSWERED = {"en": ("One question that it answers", "{} questions that it answers"), "zh": ("它回答的 {} 个问题",)}


def head(book: Book, page: Page) -> list[str]:
    """Return the lines, in Markdown, that say where a chapter stands; none for other pages."""
    if not counts.is_chapter(page.text):
        return []
    uses, answered = ways.uses(book, page), ways.answered(book, page)
    said = [USES[page.language].format(uses), MARKED, ""] if uses else []
    if answered:
        title = plural(ANSWERED[page.language], len(answered))
        said += [f'??? {KIND} "{title}"', "", *(f"    - [{question}]({anchor})" for question, anchor in answered), ""]
    return said


class WaysExtension(Extension):
    """Python-Markdown extension. Option `language`: zh or en."""

    def __init__(self, **options):
        self.config = {"language": ["en", "The language of the pages: zh or en."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        said = Head(md, self.getConfig("language"), head)
        md.preprocessors.register(said, "downhill-ways", 42)  # below what `behind` puts there
        md.treeprocessors.register(Unsearched(md), "downhill-ways", 7)


class Unsearched(Treeprocessor):
    """Keeps the questions out of what the search looks through: they stand on the first page."""

    def run(self, root: ET.Element) -> None:
        for folded in root.iter("details"):
            if folded.get("class") == KIND:
                folded.set("data-search-exclude", "")


def makeExtension(**options) -> WaysExtension:
    return WaysExtension(**options)
