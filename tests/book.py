"""The book as the tests know it: its pages, and where they stand in the built site."""

import functools
import re
from pathlib import Path

from lxml import etree, html

from downhill.manuscript.book import Book, folder_of

ROOT = Path(__file__).parents[1]
BOOK = Book(ROOT)
PAGES = [(language, name) for language, pages in BOOK.pages.items() for name in pages]


def address(site: Path, language: str, name: str) -> Path:
    return site / path_of(language, name) / "index.html"


def path_of(language: str, name: str) -> str:
    return f"{language}/{folder_of(name)}"


@functools.cache
def tree(path: Path) -> etree._Element:
    """Return a page of the built site; it is parsed once for all tests, and none changes it."""
    return html.parse(str(path)).getroot()


@functools.cache
def ids(path: Path) -> frozenset[str]:
    """Return the ids on a page of the built site, where links may lead."""
    return frozenset(tree(path).xpath("//@id"))


def modules(site: Path, page: str) -> set[Path]:
    """Return the modules that the figures to touch of a page need, each once."""
    left, seen = {site / name for name in re.findall(r' data-module="(assets/[^"]+)"', page)}, set()
    while left:
        seen.add(path := left.pop())
        left |= {path.parent / name for name in re.findall(r'(?<=")\./([\w.-]+\.js)(?=")', path.read_text("utf-8"))} - seen
    return seen
