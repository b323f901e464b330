"""Pages that `nav` of mkdocs.yml lacks, and entries of it that are no pages."""

import re

import yaml

from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.manuscript.names import suggestion

PLACE = "mkdocs.yml"


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without carrying out its tags."""


Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def problems(book: Book) -> list[str]:
    """Return a sentence for each page that is not in the navigation, and for each entry that is no page."""
    text = files.text(book.root / PLACE)
    try:
        read = yaml.load(text, Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [f"{PLACE}:{mark.line + 1 if mark else 1}: cannot be read: {getattr(error, 'problem', None) or error}"]
    nav = read.get("nav") if isinstance(read, dict) else None
    if not isinstance(nav, list):
        return [f"{PLACE}:1: has no list nav: of the pages, in their order"]
    named, pages = list(_pages(nav)), book.pages["en"].keys() | book.pages["zh"].keys()
    begin = next((number for number, line in enumerate(text.split("\n"), 1) if line.startswith("nav:")), 1)
    found = [
        f"{page.place}:1: is in no entry of nav in {PLACE}; write “  - {name}” where it comes in the book (line {begin})"
        for pages in book.pages.values()
        for name, page in pages.items()
        if name not in named
    ]
    for name in dict.fromkeys(named):
        place = f"{PLACE}:{_line(text, name, begin)}"
        if name not in pages:
            found.append(f"{place}: nav names {name}, which is no page{suggestion(name, pages)}")
        if named.count(name) > 1:
            found.append(f"{place}: nav names {name} twice")
    return found


def order(book: Book) -> list[str]:
    """Return the names of the pages as nav has them, where it can be read; then the others."""
    try:
        nav = yaml.load(files.text(book.root / PLACE), Loader)["nav"]
    except (yaml.YAMLError, TypeError, KeyError):
        nav = []
    return list(dict.fromkeys([name for name in _pages(nav) if name in book.pages["en"]] + [*book.pages["en"]]))


def _pages(nav):
    """Yield the names of pages in a navigation, however deep they stand in it."""
    for entry in nav if isinstance(nav, list) else [nav]:
        if isinstance(entry, dict):
            for inner in entry.values():
                yield from _pages(inner)
        else:
            yield str(entry)


def _line(text: str, name: str, begin: int) -> int:
    """Return the number of the line in which nav names a page."""
    lines = enumerate(text.split("\n")[begin - 1 :], begin)
    return next((number for number, line in lines if re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w-])", line)), begin)
