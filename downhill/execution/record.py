"""The record, data/record/: what pages take from runs (each quoted value, printed line, drawn line), a file a chapter.

A line holds one text: a value as its page shows it, a printed line, or a part of a figure in numbers, as marks.py sums it up.
It is exact on the platform that reference.json names; elsewhere numbers may differ by the tolerance of agreement.py.
"""

import functools
import json
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from downhill import BookError
from downhill.execution import agreement
from downhill.execution.cache import Result, versions
from downhill.manuscript import values
from downhill.manuscript.book import Book
from downhill.manuscript.packing import Unpacked

FOLDER, REFERENCE = "data/record", "reference.json"
FROZEN = ("full", "experiments")  # stems that begin so name a file of data/, not a snippet
AGAIN = "python -m downhill record"
UNKNOWN = "cannot be had: "
Entries = dict[str, str]  # what is taken: its text


class Difference(NamedTuple):
    """One entry that is not as it is recorded: the sentence that says so, and whether it is within the tolerance."""

    sentence: str
    tolerable: bool


def here() -> dict[str, str]:
    """Return what decides the last digit of a number: the platform, and the versions of Python and the libraries."""
    found = versions()
    return {"platform": f"{platform.system()} {platform.machine()}"} | found | {"python": found["python"].rpartition(".")[0]}


def is_reference(book: Book) -> bool:
    """Return whether numbers computed here have to be exactly the recorded ones."""
    path = book.root / FOLDER / REFERENCE
    return path.exists() and json.loads(path.read_text(encoding="utf-8")) == here()


def quotes(book: Book) -> dict[str, list[str]]:
    """Return the expressions that pages quote of each snippet (`chapter/name`) and each frozen file (`full/name`), sorted."""
    found: dict[str, set[str]] = {}
    for page in (page for pages in book.pages.values() for page in pages.values()):
        for _, stem, expression in page.quotes():
            meant = [name for name in book.snippets if stem in (name, name.rpartition("/")[2])] or [stem]
            found.setdefault(meant[0], set()).add(expression)
    return {name: sorted(expressions) for name, expressions in found.items()}


def taken(packed: dict, printed: str, numbers: list[dict[str, str]], expressions: Iterable[str]) -> Entries:
    """Return what pages take from one run: values quoted of packed ones, printed lines, numbers of figures (marks.py)."""
    found = quoted(packed, expressions)
    found |= {f"printed {number}": line for number, line in enumerate(printed.splitlines(), 1)}
    for number, figure in enumerate(numbers, 1):
        found |= {f"figure {number} {place}": text for place, text in figure.items()}
    return found


def quoted(packed: dict, expressions: Iterable[str]) -> Entries:
    """Return the text of each expression over packed values; of one that cannot be had, the reason."""
    unpacked = Unpacked(packed)

    def text(expression: str) -> str:
        try:
            return values.evaluate(expression, unpacked)
        except Exception as error:  # any expression can fail in any way
            return f"{UNKNOWN}{type(error).__name__}: {error}"

    return {f"{{{{ {expression} }}}}": text(expression) for expression in expressions}


def frozen(book: Book) -> dict[str, Entries]:
    """Return what pages take from the frozen files of data/full and data/experiments."""
    found = {}
    for name, expressions in quotes(book).items():
        path = book.root / "data" / f"{name}.json"
        if name.split("/")[0] in FROZEN and path.exists():
            found[name] = quoted(json.loads(path.read_text(encoding="utf-8"))["values"], expressions)
    return found


def all_taken(book: Book, results: dict[str, Result]) -> dict[str, Entries]:
    """Return what pages take from results, and from frozen files, as `{chapter/name: entries}`."""
    wanted = quotes(book)
    runs = {name: taken(r.values, r.printed, r.numbers, wanted.get(name, ())) for name, r in results.items()}
    return runs | frozen(book)


@functools.cache
def _parsed(text: str, place: str) -> dict[str, Entries]:
    """Return the entries of a chapter's file. Raises BookError where it is not as `record` writes it."""
    try:
        found = json.loads(text)
        written = _text({name: dict(entries) for name, entries in found.items()})
    except (ValueError, TypeError, AttributeError) as error:
        raise BookError(f"{place}:{getattr(error, 'lineno', 1)}: not readable ({error}); run `{AGAIN}`") from error
    if written != text:
        pairs = enumerate(zip(written.splitlines(), text.splitlines(), strict=False), 1)
        line = next((number for number, (a, b) in pairs if a != b), len(written.splitlines()))
        raise BookError(f"{place}:{line}: edited by hand, or an entry stands twice; run `{AGAIN}`")
    return found


def _text(chapter: dict[str, Entries]) -> str:
    """Return a chapter's file: an entry a line, snippets in the order of their names."""
    return json.dumps(chapter, indent=1, ensure_ascii=False) + "\n"


def recorded(book: Book) -> dict[str, tuple[Entries, str, int]]:
    """Return what is recorded, as `{chapter/name: (entries, file, line above the first)}`. Raises BookError."""
    found = {}
    for path in sorted((book.root / FOLDER).glob("*.json")):
        if path.name == REFERENCE:
            continue
        place, line = f"{FOLDER}/{path.name}", 2
        for name, entries in _parsed(path.read_text(encoding="utf-8"), place).items():
            found[f"{path.stem}/{name}"] = (entries, place, line)
            line += len(entries) + 2 if entries else 1
    return found


def differences(book: Book, found: dict[str, Entries], everything: bool = True) -> list[Difference]:
    """Return how what was found differs from the record; with `everything`, also what is recorded and no page takes.

    Raises BookError if the record cannot be read.
    """
    kept, told = recorded(book), []
    for name, entries in found.items():
        old, place, line = kept.get(name, ({}, f"{FOLDER}/{name.split('/')[0]}.json", 0))
        if name not in kept and entries:
            told.append(Difference(f"{place}: {name} is not recorded; run `{AGAIN} {name}`", False))
            continue
        told += _compare(name, old, entries, place, line)
    for name in sorted(kept.keys() - found.keys()) if everything else ():
        _, place, line = kept[name]
        told.append(Difference(f"{place}:{line}: {name} is recorded, but no page shows it; run `{AGAIN}`", False))
    return told


def _compare(name: str, old: Entries, new: Entries, place: str, line: int):
    """Yield how the entries of one snippet differ."""
    for number, (what, text) in enumerate(old.items(), line + 1):
        if what not in new:
            yield Difference(f"{place}:{number}: {name}: {what} is recorded as “{text}”, and is not there now", False)
        elif new[what] != text:
            tolerable = agreement.alike(text, new[what], together=what.startswith("figure"))
            yield Difference(f"{place}:{number}: {name}: {what} is recorded as “{text}”, found is “{new[what]}”", tolerable)
    for what in [what for what in new if what not in old]:
        yield Difference(f"{place}:{line or 1}: {name}: {what} is not recorded, found is “{new[what]}”", False)


def verify(book: Book, found: dict[str, Entries], everything: bool = True) -> list[str]:
    """Return the differences that count here as sentences to tell. Raises BookError if one is beyond what is allowed.

    On the reference platform none is allowed; elsewhere those within the tolerance are returned.
    """
    exact = is_reference(book)
    told = differences(book, found, everything)
    wrong = [difference.sentence for difference in told if exact or not difference.tolerable]
    if wrong:
        wrong.append(f"if this is meant, run `{AGAIN}`, look at the diff of {FOLDER}, and commit it")
        raise BookError("\n".join(wrong))
    return [f"{difference.sentence} (within the tolerance)" for difference in told]


def write(book: Book, found: dict[str, Entries], everything: bool = True) -> list[Path]:
    """Bring the record up to date with what was found; return the files that changed. Raises BookError for an unknown value.

    Away from the reference platform, what agrees within the tolerance is left as it is. On it, other versions become the
    reference with all that is recorded.
    """
    every = ((name, what, text) for name, entries in found.items() for what, text in entries.items())
    if unknown := [f"{name}: {what} {text}" for name, what, text in every if text.startswith(UNKNOWN)]:
        raise BookError("\n".join(unknown))
    folder = book.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    changed = [_refer(folder / REFERENCE)] if everything else []
    kept = {} if everything else _readable(book)
    if not is_reference(book):
        found = {name: _settled(_readable(book).get(name, {}), entries) for name, entries in found.items()}
    chapters: dict[str, dict[str, Entries]] = {}
    for name, entries in sorted((kept | found).items()):
        chapter, _, rest = name.partition("/")
        if entries:
            chapters.setdefault(chapter, {})[rest] = entries
    wanted = {folder / f"{chapter}.json": _text(entries) for chapter, entries in chapters.items()}
    stale = sorted(set(folder.glob("*.json")) - wanted.keys() - {folder / REFERENCE})
    for path in stale:
        path.unlink()
    return [path for path in changed if path] + [path for path, text in wanted.items() if _put(path, text)] + stale


def _put(path: Path, text: str) -> bool:
    """Write a file if it has another text; return whether it had."""
    other = not path.exists() or path.read_text(encoding="utf-8") != text
    if other:
        path.write_text(text, encoding="utf-8")
    return other


def _refer(path: Path) -> Path | None:
    """Name this platform as the reference, unless another one is; return the file if it changed."""
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else here()
    ours = old["platform"] == here()["platform"]
    return path if ours and _put(path, json.dumps(here(), indent=1) + "\n") else None


def _readable(book: Book) -> dict[str, Entries]:
    return {name: entries for name, (entries, _, _) in recorded(book).items()}


def _settled(old: Entries, new: Entries) -> Entries:
    """Return new entries, but the old text where both agree."""
    agree = agreement.alike
    return {
        what: old[what] if what in old and agree(old[what], text, together=what.startswith("figure")) else text
        for what, text in new.items()
    }
