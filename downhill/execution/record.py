"""The record, data/record/: what pages take from runs (each quoted value, printed line, drawn line), a file a chapter.

A line holds one text: a value as its page shows it, a printed line, or a part of a figure in numbers, as marks.py sums it up.
It is exact on the platform that reference.txt names; elsewhere numbers may differ by the tolerance of agreement.py.
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
from downhill.manuscript import files, values
from downhill.manuscript.book import Book
from downhill.manuscript.names import select
from downhill.manuscript.packing import Unpacked

FOLDER, REFERENCE = "data/record", "reference.txt"
AGAIN = "python -m downhill record"
UNKNOWN = "cannot be had: "
Entries = dict[str, str]  # what is taken: its text


class Difference(NamedTuple):
    """One entry that is not as it is recorded: the sentence that says so, and whether it is within the tolerance.

    Of one that is another text than is recorded, also whose it is, and which.
    """

    sentence: str
    tolerable: bool
    name: str = ""
    what: str = ""


def here() -> str:
    """Return what decides the last digit of a number, a line each: the platform, the versions of Python and the libraries."""
    found = versions()
    decisive = {"platform": f"{platform.system()} {platform.machine()}"} | found
    decisive["python"] = found["python"].rpartition(".")[0]
    return "".join(f"{name} {version}\n" for name, version in decisive.items())


def reference(book: Book) -> str:
    """Return what `here` was where the record was made; nothing if it does not say."""
    path = book.root / FOLDER / REFERENCE
    return files.text(path) if path.exists() else ""


def is_reference(book: Book) -> bool:
    """Return whether numbers computed here have to be exactly the recorded ones."""
    return reference(book) == here() or not reference(book).startswith("platform ")


def quotes(book: Book) -> dict[str, list[str]]:
    """Return the expressions that pages quote of each snippet (`chapter/name`) and each frozen file (`full/name`), sorted."""
    found: dict[str, set[str]] = {}
    for page in (page for pages in book.pages.values() for page in pages.values()):
        for _, stem, expression in page.quotes():
            meant = book.meant(stem) or [stem]
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
            return UNKNOWN + (str(error) if isinstance(error, BookError) else f"{type(error).__name__}: {error}")

    return {f"{{{{ {expression} }}}}": text(expression) for expression in expressions}


def _at(book: Book, name: str, what: str) -> str:
    """Return where a page quotes what of a snippet, or of a frozen file."""
    pages = (page for pages in book.pages.values() for page in pages.values())
    quotes = ((place, stem, f"{{{{ {expression} }}}}") for page in pages for place, stem, expression in page.quotes())
    return next((place for place, stem, quote in quotes if quote == what and stem in (name, name.rpartition("/")[2])), name)


def frozen(book: Book) -> dict[str, Entries]:
    """Return what pages take from the frozen files of data/full and data/experiments."""
    found = {}
    for name, expressions in quotes(book).items():
        path = book.root / "data" / f"{name}.json"
        if values.is_frozen(name) and path.exists():
            try:
                found[name] = quoted(json.loads(files.text(path))["values"], expressions)
            except (ValueError, KeyError, TypeError) as error:
                raise BookError(f"data/{name}.json:1: cannot be read ({error}); restore it from git") from error
    return found


def chosen(book: Book, wanted: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the programs and the frozen files (`full/name`) that names mean; all if there is no name. Raises BookError."""
    named = [name.removeprefix("./").removeprefix("data/").removesuffix(".json") for name in wanted]
    measured = [name for name in named if values.is_frozen(f"{name}/")]
    others = [name for name in named if name not in measured]
    found = select(measured, values.frozen(book.root), "data", "frozen file") if measured or not named else []
    return book.select(others) if others or not named else [], found


def all_taken(book: Book, results: dict[str, Result], named: Iterable[str] = ()) -> dict[str, Entries]:
    """Return what pages take from results, and from frozen files: those named, and what pages that show some result quote."""
    wanted = quotes(book)
    shown = {name: results[run].of(name) if name in book.cells else results[name] for name, run in _runs(book, results)}
    runs = {name: taken(r.values, r.printed, r.numbers, wanted.get(name, ())) for name, r in shown.items()}
    beside = {f"full/{name.rpartition('/')[2]}" for name in results} | _beside(book, shown.keys()) | {*named}
    everything = results.keys() == book.programs.keys()
    return runs | {name: entries for name, entries in frozen(book).items() if everything or name in beside}


def _beside(book: Book, shown: Iterable[str]) -> set[str]:
    """Return what is quoted on the pages that show one of these snippets or cells."""
    pages = [page for pages in book.pages.values() for page in pages.values()]
    with_them = [page for page in pages if not {fence.snippet for fence in page.fences}.isdisjoint(shown)]
    return {stem for page in with_them for _, stem, _ in page.quotes()}


def _runs(book: Book, results: dict[str, Result]) -> list[tuple[str, str]]:
    """Return (what a page shows, the program that was run for it) of results."""
    return [(name, run) for name in book.shown if (run := book.runs_in(name)) in results]


@functools.cache
def _parsed(text: str, place: str) -> dict[str, Entries]:
    """Return the entries of a chapter's file. Raises BookError where it is not as `record` writes it."""
    try:
        found = json.loads(text)
        written = _text({name: dict(entries) for name, entries in found.items()})
        if not all(isinstance(text, str) for entries in found.values() for text in entries.values()):
            raise TypeError("an entry is a text")
    except (ValueError, TypeError, AttributeError) as error:
        raise BookError(
            f"{place}:{getattr(error, 'lineno', 1)}: not readable ({error}); run `{AGAIN}`, or restore it from git"
        ) from error
    if written != text:
        pairs = enumerate(zip(written.splitlines(), text.splitlines(), strict=False), 1)
        line = next((number for number, (a, b) in pairs if a != b), len(written.splitlines()))
        raise BookError(f"{place}:{line}: edited by hand, or an entry stands twice; run `{AGAIN}`, or restore it from git")
    return found


def _text(chapter: dict[str, Entries]) -> str:
    """Return a chapter's file: an entry a line, snippets in the order of their names."""
    return json.dumps(chapter, indent=1, ensure_ascii=False) + "\n"


def recorded(book: Book) -> dict[str, tuple[Entries, str, int]]:
    """Return what is recorded, as `{chapter/name: (entries, file, line above the first)}`. Raises BookError."""
    found = {}
    for path in sorted((book.root / FOLDER).glob("*.json")):
        place, line = f"{FOLDER}/{path.name}", 2
        for name, entries in _parsed(path.read_text(encoding="utf-8"), place).items():
            found[f"{path.stem}/{name}".removesuffix("/")] = (entries, place, line)
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
            remedy = f"{AGAIN} {book.runs_in(name) if name in book.shown else name}"
            told.append(Difference(f"{place}:1: {name} is not recorded; run `{remedy}`", False))
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
            sentence = f"{place}:{number}: {name}: {what} is recorded as “{text}”, found is “{new[what]}”"
            yield Difference(sentence, tolerable, name, what)
    for what in [what for what in new if what not in old]:
        yield Difference(f"{place}:{line or 1}: {name}: {what} is not recorded, found is “{new[what]}”", False)


def verify(book: Book, found: dict[str, Entries], everything: bool = True) -> list[str]:
    """Return the differences that count here as sentences to tell. Raises BookError if one is beyond what is allowed.

    On the reference platform none is allowed; elsewhere those within the tolerance are returned.
    """
    exact = is_reference(book)
    told = differences(book, found, everything)
    if everything and not reference(book).startswith("platform "):
        told.append(Difference(f"{FOLDER}/{REFERENCE}:1: does not say of which platform the record is; run `{AGAIN}`", False))
    wrong = [difference.sentence for difference in told if exact or not difference.tolerable]
    if wrong:
        wrong.append(f"if this is meant, run `{AGAIN}`, look at the diff of {FOLDER}, and commit it")
        raise BookError("\n".join(wrong))
    tolerant = (
        f"the record is of {_said(reference(book))}, this is {_said(here())}: numbers may differ by {agreement.RELATIVE:.0%}"
    )
    within = [f"{difference.sentence} (within the tolerance)" for difference in told]
    return within if exact else [tolerant, *within]


def _said(lines: str) -> str:
    return ", ".join(lines.splitlines())


def write(book: Book, found: dict[str, Entries], everything: bool = True) -> list[Path]:
    """Bring the record up to date with what was found; return the files that changed. Raises BookError for an unknown value.

    Away from the reference platform, what agrees within the tolerance is left as it is. On it, other versions become the
    reference with all that is recorded.
    """
    every = ((name, what, text) for name, entries in found.items() for what, text in entries.items())
    if unknown := [f"{_at(book, name, what)}: {what} {text}" for name, what, text in every if text.startswith(UNKNOWN)]:
        raise BookError("\n".join(unknown))
    folder = book.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    changed = [folder / REFERENCE] if everything and _is_to_refer(book) and _put(folder / REFERENCE, here()) else []
    kept = {} if everything else _readable(book)
    if not is_reference(book):
        old = _readable(book)
        found = {name: _settled(old.get(name, {}), entries) for name, entries in found.items()}
    chapters: dict[str, dict[str, Entries]] = {}
    for name, entries in sorted((kept | found).items()):
        chapter, _, rest = name.partition("/")
        if entries:
            chapters.setdefault(chapter, {})[rest] = entries
    wanted = {folder / f"{chapter}.json": _text(entries) for chapter, entries in chapters.items()}
    stale = sorted(set(folder.glob("*.json")) - wanted.keys())
    for path in stale:
        path.unlink()
    return changed + [path for path, text in wanted.items() if _put(path, text)] + stale


def _put(path: Path, text: str) -> bool:
    """Write a file if it has another text; return whether it had."""
    other = not path.exists() or path.read_text(encoding="utf-8") != text
    if other:
        path.write_text(text, encoding="utf-8")
    return other


def _is_to_refer(book: Book) -> bool:
    """Return whether what is recorded here makes this the reference: no other platform is it."""
    first = reference(book).partition("\n")[0]
    return not first.startswith("platform ") or first == here().partition("\n")[0]


def _readable(book: Book) -> dict[str, Entries]:
    return {name: entries for name, (entries, _, _) in recorded(book).items()}


def _settled(old: Entries, new: Entries) -> Entries:
    """Return new entries, but the old text where both agree."""
    agree = agreement.alike
    return {
        what: old[what] if what in old and agree(old[what], text, together=what.startswith("figure")) else text
        for what, text in new.items()
    }
