"""Pages that `nav` of mkdocs.yml lacks, entries of it that are no pages, and titles that are not those of both languages."""

import re

import yaml

from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.manuscript.counts import FIRST
from downhill.manuscript.names import suggestion
from downhill.manuscript.navigation import PLACE, Loader, Part, pages, title, titled, variable

FORM = "- !ENV [BOOK_TITLE_PART_1, part-1]:"


def problems(book: Book) -> list[str]:
    """Return a sentence for each page that is not in the navigation, and for each entry that is not right."""
    text = files.text(book.root / PLACE)
    try:
        read = yaml.load(text, Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [f"{PLACE}:{mark.line + 1 if mark else 1}: cannot be read: {getattr(error, 'problem', None) or error}"]
    nav = read.get("nav") if isinstance(read, dict) else None
    if not isinstance(nav, list):
        return [f"{PLACE}:1: has no list nav: of the pages, in their order"]
    named, known = list(pages(nav)), book.pages["en"].keys() | book.pages["zh"].keys()
    begin = next((number for number, line in enumerate(text.split("\n"), 1) if line.startswith("nav:")), 1)
    found = [
        f"{page.place}:1: is in no entry of nav in {PLACE}; write “  - {name}” where it comes in the book (line {begin})"
        for there in book.pages.values()
        for name, page in there.items()
        if name not in named
    ]
    for name in dict.fromkeys(named):
        place = f"{PLACE}:{_line(text, name, begin)}"
        if name not in known:
            found.append(f"{place}: nav names {name}, which is no page{suggestion(name, known)}")
        if named.count(name) > 1:
            found.append(f"{place}: nav names {name} twice")
    return found + [f"{PLACE}:{_line(text, word, begin)}: {said}" for word, said in _titles(book, nav)]


def _titles(book: Book, nav: list):
    """Yield (a word of the line, sentence) of what has a title in nav, and is no part with one in each language."""
    for named, inner in titled(nav):
        if not isinstance(named, Part):
            yield (
                str(named),
                f"“{named}” is the same in both languages: a page has its own title, and a part begins with {FORM}",
            )
            continue
        if named.variable != variable(named.heading):
            yield named.heading, f"the variable of the part {named.heading} is {variable(named.heading)}"
        if not isinstance(inner, list) or not all(isinstance(name, str) for name in inner):
            yield named.heading, f"the part {named.heading} holds a list of pages, a line “- page.md” each"
        for there in book.pages.values():
            if FIRST in there and not title(there[FIRST].text, named.heading):
                yield named.heading, f"{there[FIRST].place} has no heading {{#{named.heading}}} with the title of this part"


def _line(text: str, name: str, begin: int) -> int:
    """Return the number of the line in which nav names a page or a part."""
    lines = enumerate(text.split("\n")[begin - 1 :], begin)
    return next((number for number, line in lines if re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w-])", line)), begin)
