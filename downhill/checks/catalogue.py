"""Words of the snippets that the catalogue lacks, has as fuzzy, in excess, or with a Chinese that changes the program."""

import ast
import tokenize

from downhill.manuscript import localize
from downhill.manuscript.book import Book
from downhill.manuscript.catalogue import read, template

PLACE = "docs/locale/zh.po"


def problems(book: Book) -> list[str]:
    """Return a sentence for each word of the snippets that the catalogue lacks, or has otherwise than it should."""
    snippets = {path: source for path, source in book.paths.items() if _is_python(source)}
    catalog, wanted = read(book.catalogue), template(snippets)
    found = []
    for message in (message for message in wanted if message.id):
        where = "{}:{}".format(*message.locations[0])
        have = catalog.get(message.id)
        if have is None or not have.string:
            entry = f"its entry is {PLACE}:{have.lineno}" if have else f"run `make translate`, then fill it in in {PLACE}"
            found.append(f"{where}: no Chinese for “{message.id}”; {entry}")
        elif have.fuzzy:
            found.append(f"{where}: the English of “{message.id}” changed; check its fuzzy entry, {PLACE}:{have.lineno}")
    if len(snippets) == len(book.snippets):
        found += [
            f"{PLACE}:{message.lineno}: “{message.id}” stands in no snippet any more; run `make translate`"
            for message in catalog
            if message.id and message.id not in wanted
        ]
    return found + [said for source in snippets.values() for said in _changed(source, catalog)]


def _is_python(source: str) -> bool:
    try:
        return bool(ast.parse(source))
    except (SyntaxError, ValueError):
        return False


def _changed(source: str, catalog) -> list[str]:
    """Return a sentence for each entry of the catalogue whose Chinese makes another program of a snippet."""
    chinese = {m.id: m.string for m in catalog if m.id and m.string and not m.fuzzy}
    if _same(source, chinese):
        return []
    changing = [word.text for word in localize.words(source) if not _same(source, {word.text: chinese.get(word.text, "")})]
    return [
        f"{PLACE}:{catalog.get(text).lineno}: the Chinese of “{text}” changes the program" for text in dict.fromkeys(changing)
    ]


def _same(source: str, chinese: dict[str, str]) -> bool:
    try:
        return localize.program(localize.localize(source, chinese)) == localize.program(source)
    except (SyntaxError, ValueError, tokenize.TokenError):
        return False
