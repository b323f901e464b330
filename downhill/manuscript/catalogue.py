"""The Chinese words of the snippets, in the gettext catalogue docs/locale/zh.po."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from downhill import BookError
from downhill.manuscript import files, localize


def template(snippets: dict[str, str]) -> Catalog:
    """Return the catalogue, without translations, of all words of `{path: source}`, with the places where they stand.

    Raises BookError if one is no Python.
    """
    localize.require(snippets)
    catalog = Catalog(fuzzy=False)
    for path, source in snippets.items():
        for word in localize.words(source):
            catalog.add(word.text, locations=[(path, word.line)])
    return catalog


def read(path: Path) -> Catalog:
    """Return the catalogue at path; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="zh")
    try:
        catalog = read_po(io.StringIO(files.text(path)), locale="zh", abort_invalid=True)
    except (PoFileError, ValueError) as error:
        place = f"{'/'.join(path.parts[-3:])}:{getattr(error, 'lineno', 0) + 1}"
        raise BookError(f"{place}: not a readable gettext catalogue: {error}. Mend it, or restore it from git.") from error
    catalog.charset = "utf-8"  # whatever its header says: that is how it was read
    return catalog


def update(path: Path, snippets: dict[str, str], known: dict[str, str] | None = None) -> int:
    """Bring the catalogue at path up to date with the snippets; return how many entries wait for a translator.

    `known` are translations for words that it lacks.
    """
    catalog = read(path)
    for english, chinese in (known or {}).items():
        if english not in catalog:
            catalog.add(english, chinese)
    catalog.update(template(snippets), no_fuzzy_matching=False, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Downhill", "1", "see CONTRIBUTING.md"
    catalog.last_translator = catalog.language_team = "the Downhill authors"
    catalog.header_comment = "# The Chinese words of the snippets; `make translate` keeps the entries in step."
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_by_file=True, width=0)
    return sum(bool(m.id) and (m.fuzzy or not m.string) for m in catalog)


def entries(catalog: Catalog) -> list[Message]:
    """Return the catalogue's entries for words: without its header, plural forms, and entries for one context only."""
    return [m for m in catalog if isinstance(m.id, str) and m.id and not m.context]


def translations(path: Path) -> dict[str, str]:
    """Return `{English: Chinese}` of the catalogue's finished entries."""
    return {m.id: m.string for m in entries(read(path)) if m.string and not m.fuzzy}
