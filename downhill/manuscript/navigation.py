"""The parts of the book and the order of its pages, as `nav` of mkdocs.yml has them.

A part is `- !ENV [BOOK_TITLE_PART_1, part-1]:` with its pages below it: its title is that of the heading with this id on the
first page, in each language, and comes to MkDocs and Zensical in this variable.
"""

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.manuscript.counts import FIRST

PLACE = "mkdocs.yml"


class Part(NamedTuple):
    """A part as nav names it: the variable that holds its title, and the id of the heading that is its title."""

    variable: str
    heading: str


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without carrying out its tags."""


def _env(loader: Loader, node: yaml.Node) -> Part | None:
    """Return a variable with its default, as which nav names a part; None for another."""
    values = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else ()
    return Part(*values) if len(values) == len(Part._fields) else None


Loader.add_multi_constructor("", lambda loader, suffix, node: None)
Loader.add_constructor("!ENV", _env)


def variable(heading: str) -> str:
    """Return the variable that holds the title of a part.

    >>> variable("part-1")
    'BOOK_TITLE_PART_1'
    """
    return f"BOOK_TITLE_{heading.upper().replace('-', '_')}"


def read(root: Path) -> list:
    """Return the entries of nav; none where it cannot be read."""
    try:
        nav = yaml.load(files.text(root / PLACE), Loader)["nav"]
    except (yaml.YAMLError, TypeError, KeyError):
        return []
    return nav if isinstance(nav, list) else [nav]


def pages(nav):
    """Yield the names of pages in a navigation, however deep they stand in it."""
    for entry in nav if isinstance(nav, list) else [nav]:
        if isinstance(entry, dict):
            for inner in entry.values():
                yield from pages(inner)
        else:
            yield str(entry)


def titled(nav: list):
    """Yield (title, what it holds) of the entries of nav that have a title."""
    for entry in nav:
        if isinstance(entry, dict):
            yield from entry.items()


def order(book: Book) -> list[str]:
    """Return the names of the pages as nav has them, where it can be read; then the others."""
    return list(dict.fromkeys([name for name in pages(read(book.root)) if name in book.pages["en"]] + [*book.pages["en"]]))


def title(first: str, heading: str) -> str:
    """Return the words of a heading of the first page; nothing if it has none of this id.

    >>> title("# Book {#book}\\n\\n### Part 1: Ways {#part-1}\\n", "part-1")
    'Part 1: Ways'
    """
    match = re.search(rf"^#+ +(.*?) +\{{#{re.escape(heading)}\}}$", first, re.MULTILINE)
    return match[1] if match else ""


def titles(root: Path, language: str) -> dict[str, str]:
    """Return the titles of the parts in a language, each as the value of its variable."""
    parts = [part for part, _ in titled(read(root)) if isinstance(part, Part)]
    first = files.text(root / "docs" / language / FIRST) if parts else ""
    return {part.variable: title(first, part.heading) for part in parts}
