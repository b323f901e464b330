"""The book as one: its articles, in their order, without what only a page in a browser has. PDF and EPUB are made of it."""

import itertools
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urldefrag

import lxml.html
from lxml.html import HtmlElement

from downhill.site import plain

UNREAD = (
    "//comment() | //*[contains(@class, 'headerlink') or @class='fold' or @class='page-source' or @class='cited']"
    " | //*[self::button or self::script or self::template or contains(@class, 'explorable')]"
)
AUTHOR = "The Downhill authors"
CONTENTS = {"en": "Contents", "zh": "目录"}
SCREEN = ("tabindex", "data-search-exclude", "data-of", "data-stage", "data-room")  # attributes of use on a screen alone


@dataclass
class Chapter:
    """A page of the book: its place among the pages, the title of the part that it stands in, and its article."""

    stem: str
    part: str
    title: str
    article: HtmlElement

    def headings(self) -> list[tuple[str, str]]:
        """Return (id, words) of the headings of the second level."""
        return [(heading.get("id"), heading.text_content().strip()) for heading in self.article.iter("h2") if heading.get("id")]


@dataclass
class Volume:
    """All pages of a language, and what its cover says."""

    language: str
    title: str
    sentence: str
    edition: str
    licence: str
    chapters: list[Chapter]

    @property
    def drawing(self) -> HtmlElement | None:
        """The first figure of the book."""
        return next(iter(self.chapters[0].article.xpath(".//*[@class='drawing']/svg")), None)

    def parts(self) -> list[tuple[str, list[Chapter]]]:
        """Return (title, chapters) of the parts in their order; what stands in no part has no title."""
        return [(part, list(chapters)) for part, chapters in itertools.groupby(self.chapters, lambda chapter: chapter.part)]

    def listed(self, entry: Callable[[Chapter], str]) -> str:
        """Return the items of a table of contents, of which `entry` is one, below the titles of their parts."""
        items = []
        for part, chapters in self.parts():
            inner = "".join(map(entry, chapters))
            items.append(f'<li class="part"><span>{escape(part)}</span><ol>{inner}</ol></li>' if part else inner)
        return "".join(items)

    def lead(self, address: str, within: Callable[[str, str], str]) -> None:
        """Let the links of the chapters lead to each other's places, as `within(stem, id)` writes them.

        What is on the site and not in the book (files, figures to touch) is led to there, or, without an address, is no link.
        """
        known = {chapter.stem: {"", *chapter.article.xpath("//@id")} for chapter in self.chapters}
        for chapter in self.chapters:
            here = self.language if chapter.stem == "index" else f"{self.language}/{chapter.stem}"
            for link in chapter.article.xpath(".//a[@href]"):
                path, place = urldefrag(link.get("href"))
                setting = link.attrib.pop("data-set", "")  # of a figure to touch
                if re.match(r"\w+:", path):
                    continue
                below = posixpath.normpath(posixpath.join(here, path))
                stem = "index" if below == self.language else below.removeprefix(f"{self.language}/")
                if place in known.get(stem, ()) and not (setting and address):
                    link.set("href", within(stem, place))
                elif address:
                    slash = "" if "." in posixpath.basename(below) else "/"
                    place = f"#{place}{':' if setting else ''}{setting}" if place else ""
                    link.set("href", f"{address.rstrip('/')}/{below}{slash}{place}")
                else:
                    link.drop_tag()


def read(site: Path, language: str) -> Volume:
    """Return a published language, its pages in the order in which its first page lists them."""
    first = lxml.html.parse(str(site / language / "index.html")).getroot()
    above = "string(ancestor::ul/preceding-sibling::*[@class='part'])"
    parts = {link.get("href").strip("/"): str(link.xpath(above)) for link in first.xpath("//nav[@id='nav']//a")}

    def said(path: str) -> str:
        return " ".join(str(first.xpath(f"string({path})")).split())

    stems = [name.removesuffix(".md") for name in plain.order(site / language)]
    return Volume(
        language,
        said("//meta[@property='og:site_name']/@content"),
        said("//article//*[@class='hero']"),
        said("//footer//*[@class='edition']"),
        said("//footer//*[@class='md-copyright']/text()"),
        [_chapter(site / language, stem, parts.get(stem, "")) for stem in stems],
    )


def _chapter(folder: Path, stem: str, part: str) -> Chapter:
    """Return a page's article; its programs are whole, and what folds is open."""
    text = (folder / ("" if stem == "index" else stem) / "index.html").read_text(encoding="utf-8")
    article = lxml.html.fromstring(text[text.index("<article") : text.index("</article>")] + "</article>")
    for element in article.xpath(UNREAD):
        element.drop_tree()
    for element in article.iter():
        for name in [name for name in SCREEN if name in element.attrib]:
            del element.attrib[name]
        if element.tag == "details":
            element.set("open", "")
        elif element.get("hidden") == "until-found":
            del element.attrib["hidden"]
    return Chapter(stem, part, article.find(".//h1").text_content().strip(), article)
