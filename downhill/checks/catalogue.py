"""Words of the snippets that the catalogue lacks, has as fuzzy, in excess, or with a Chinese that changes the program."""

import re
import tokenize

from babel.messages.catalog import Catalog

from downhill.checks.memory import remembered
from downhill.manuscript import figure_text, files, localize
from downhill.manuscript.book import Book
from downhill.manuscript.catalogue import entries, read, template

PLACE = "docs/locale/zh.po"


def problems(book: Book) -> list[str]:
    """Return a sentence for each word of the snippets that the catalogue lacks, or has otherwise than it should."""
    snippets = {path: source for path, source in book.paths.items() if not localize.fault(source)}
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
    if len(snippets) == len(book.paths):
        found += [
            f"{PLACE}:{message.lineno}: “{message.id}” stands in no snippet any more; run `make translate`"
            for message in entries(catalog)
            if message.id not in wanted
        ]
    if book.catalogue.exists():
        found += [f"{PLACE}:{line}: {said}" for line, said in _odd(catalog, files.text(book.catalogue))]
    chinese = {m.id: m.string for m in entries(catalog) if m.string and not m.fuzzy}
    return found + [
        f"{PLACE}:{catalog.get(text).lineno}: the Chinese of “{text}” changes the program: "
        + (figure_text.fault(chinese.get(text, "")) or "write words alone, as the English has them")
        for source in snippets.values()
        for text in _changed(source, tuple((word.text, chinese.get(word.text, "")) for word in localize.words(source)))
    ]


def _odd(catalog: Catalog, text: str):
    """Yield (line number, sentence) of entries of which gettext would take one and drop the other, or that no word has."""
    known = {id(message) for message in entries(catalog)}
    for message in catalog:
        if message.id and id(message) not in known:
            yield message.lineno, "an entry with plural forms or a context, which no word of a snippet has; delete it"
    first: dict[str, int] = {}
    for match in re.finditer(r'^msgid .*(?:\n".*")*', text, re.MULTILINE):
        line = text.count("\n", 0, match.start()) + 1
        if line != first.setdefault(match[0], line):
            yield line, f"this entry stands in line {first[match[0]]} too; keep one"


@remembered
def _changed(source: str, chinese: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the words of a snippet, given with their Chinese, whose Chinese makes another program of it."""
    if _same(source, {word: said for word, said in chinese if said}):
        return []
    return list(dict.fromkeys(word for word, said in chinese if not _same(source, {word: said})))


def _same(source: str, chinese: dict[str, str]) -> bool:
    try:
        return localize.program(localize.localize(source, chinese)) == localize.program(source)
    except (SyntaxError, ValueError, tokenize.TokenError):
        return False
