"""Entries of docs/references.bib that cannot be read, lack something, or would be printed otherwise than they were meant."""

import re
import xml.etree.ElementTree as ET

from pybtex.richtext import Text
from pybtex.style.template import FieldIsMissing

from downhill.checks.memory import remembered
from downhill.manuscript import invisible
from downhill.manuscript.bibliography import OTHERS, OWN, Bibliography, Setting, last_name, load, parsed

PLACE = "docs/references.bib"
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
LINKS = ("eprint", "doi", "url")  # the first that is there is shown
NEVER = {"abstract", "archiveprefix", "eprintclass", "eprinttype", "file", "keywords", "primaryclass"}  # shown by no style
ADDRESSES = {  # what these fields, which are no LaTeX, look like
    "eprint": (r"[\w.-]+(/\d+)?", "the number of an arXiv paper alone, as in 1412.6980"),
    "doi": (r"10\.[^\s{}\\]+", "a DOI alone, as in 10.1137/16M1080173"),
    "url": (r"https?://[^\s{}\\<>\"]+", "an address as a browser has it, without LaTeX, as in https://example.org/a_b"),
}
LATEX = {  # in a field: what is wrong with it
    r"(?<!\\)%": r"a % begins a comment in LaTeX; write \%",
    r"(?<!\\)\$": "formulas are not set here; write words or signs, as in O(1/k²)",
}
LINEAGE = re.compile(r"[JS]r\.?|[IVX]+")
NAMES = {  # in a name, outside of braces: what to write instead
    r"(^|[\s,])and([\s,]|$)|[;&]": "names are parted by “and”",
    r"\bet\.? al\b": "write “and others”",
    r"\"": "accents are written as in ü",
    r"[\u3040-\u9fff\uac00-\ud7af]": "write it in braces, as in {张三}; its parts would change places",
}
DECODED = {  # what must not be left when LaTeX is read
    r"\\[A-Za-z]+|\\.?": "is LaTeX that pybtex does not know; write the letter or sign itself, or leave it out",
    r"`|''": "is no quotation mark; write “…”",
    r"</[A-Za-z]\w*>|&(?:amp|lt|gt|quot|apos|nbsp|#\w+);": "is HTML; write the letter or sign itself, or leave it out",
    rf"[\x00-\x08\x0b-\x1f\x7f{invisible.SIGNS}]": "is an invisible character; leave it out",
}


def problems(book) -> list[str]:
    """Return a sentence for each entry, and each piece of the file, that is not printed as it was meant."""
    return _problems(load(book.root).text)


@remembered
def _problems(text: str) -> list[str]:
    sources = parsed(text)
    found = sorted({_error(sources, error) for error in sources.errors}) or [*_strays(sources)]
    unread = {said.partition(":")[0] for _, said in found}
    for key, entry in sources.entries.items():
        if key not in unread:
            faults = [*_faults(key, entry)] or [*_own(sources, key)] or [*_unset(sources, key, entry)]
            found += [(sources.line(key, name), f"{key}: {said}") for name, said in faults]
    return [f"{PLACE}:{line}: {said}" for line, said in found]


def _error(sources: Bibliography, error: Exception) -> tuple[int, str]:
    """Return the line of what pybtex could not read, and what is wrong there."""
    said = str(error)
    if line := getattr(error, "lineno", None):
        keys = [key for key, start, end in sources.places if line <= sources.text.count("\n", 0, end) + 1]
        what, _, rest = said.partition(f" in line {line}: ")
        said = (
            f"{rest} is no @string" if what == "undefined string" else f"{rest}; look at its braces, commas, and equals signs"
        )
        return line, f"{keys[0]}: {said}" if keys and keys[0] else said
    if match := re.search(r"repeated bibliography entry: (\S+)", said):
        return sources.line(match[1], which=-1), f"{match[1]}: a second entry with this key"
    if match := re.search(r"entry with key (\S+) has a duplicate (\S+) field", said):
        return sources.line(match[1], match[2]), f"{match[1]}: has {match[2]} twice"
    name = re.sub(r"^.*? in '|'$", "", said)
    return sources.text.count("\n", 0, max(sources.text.find(name), 0)) + 1, f"{said}; names are parted by “and”"


def _strays(sources: Bibliography):
    """Yield (line, sentence) of what stands between the entries, which BibTeX would leave out."""
    outside = list(sources.text)
    for _, start, end in sources.places:
        outside[start:end] = ["\n" if sign == "\n" else " " for sign in sources.text[start:end]]
    for number, line in enumerate("".join(outside).split("\n"), 1):
        if line.strip("\ufeff \t\r") and not line.lstrip("\ufeff \t").startswith("%"):
            yield number, f"“{line.strip()[:40]}” is part of no entry: an entry begins with @, a comment with %"


def _faults(key: str, entry):
    """Yield (field, sentence) of what an entry lacks, and of fields that do not say what was meant."""
    if not KEY.fullmatch(key):
        yield "", "a key is letters, digits, - and _, so that pages can cite it"
    if not hasattr(Setting, f"get_{entry.type}_template"):
        yield "", f"@{entry.type} is no type of entry; write @misc"
    yield from (("", f"has no {name}") for name in ("title", "year") if not entry.fields.get(name, "").strip())
    if not (entry.persons.get("author") or entry.persons.get("editor")):
        yield "", "has no author"
    for role, persons in entry.persons.items():
        yield from ((role, f"{role}: {said}") for said in _names(persons))
    for name, value in entry.fields.items():
        if not value.strip() and name not in ("title", "year"):
            yield name, f"{name} is empty; leave it out"
        elif (kept := OWN.sub(r"\1", name.lower())) in ADDRESSES:
            pattern, wanted = ADDRESSES[kept]
            if not re.fullmatch(pattern, value):
                yield name, f"{name} is {wanted}, not {value}"
        elif name.lower() not in NEVER:
            yield from ((name, f"{name}: {said}") for said in _latex(value))
    for name in ("archiveprefix", "eprinttype"):
        if entry.fields.get(name, "arxiv").lower() != "arxiv":
            yield name, f"eprint is shown as a paper of arXiv, not of {entry.fields[name]}; write its url"
    if entry.fields.get("year", "").strip() and not re.fullmatch(r"\{*\d{4}\}*", entry.fields["year"]):
        yield "year", f"the year is four digits, not {entry.fields['year']}"


def _own(sources: Bibliography, key: str):
    """Yield (field, sentence) of the fields for the pages of one language that say nothing there."""
    for language in ("en", "zh"):
        if own := sources.own(key, language):
            entry, plain = sources.entry(key, language), sources.entries[key]
            for name in own:
                kept = name.rpartition("-")[0]
                if kept in NEVER or not (kept in plain.fields or kept in plain.persons):
                    yield name, f"{name} stands for {kept}, which is not there or not printed"
            for role, persons in entry.persons.items():
                yield from ((f"{role}-{language}", f"{role}-{language}: {said}") for said in _names(persons))
            if not re.fullmatch(r"\d{4}", entry.fields.get("year", "")):
                yield f"year-{language}", "the year is four digits"


def _names(persons) -> list[str]:
    """Return what is wrong with the names of a role, as a list of one sentence or none."""
    for number, person in enumerate(persons):
        if str(person) == OTHERS and number != max(len(persons) - 1, 1):
            return ["“others” stands after the last name"]
        if said := _latex(str(person)):
            return said
        bare = re.sub(r"\{[^{}]*\}", "", str(person))
        for pattern, advice in NAMES.items():
            if re.search(pattern, bare):
                return [f"“{person}” is no name; {advice}"]
        if not re.search(r"\w", last_name(person)) or [part for part in person.lineage_names if not LINEAGE.fullmatch(part)]:
            return [f"“{person}” is no name; names are parted by “and”"]
    return []


def _latex(value: str) -> list[str]:
    """Return what in the LaTeX of a field would not be printed as it was meant, as a list of one sentence or none."""
    if said := [said for pattern, said in LATEX.items() if re.search(pattern, value)]:
        return said[:1]
    try:
        text = str(Text.from_latex(value))
    except Exception as error:  # LaTeX can be wrong in any way
        return [re.sub(r"^[\w ]+ in line \d+: ", "", str(error)) or "is no LaTeX"]
    found = ((match[0], said) for pattern, said in DECODED.items() for match in re.finditer(pattern, text))
    return [f"“{sign}” {said}" if sign.isprintable() else f"U+{ord(sign[-1]):04X} {said}" for sign, said in found][:1]


def _unset(sources: Bibliography, key: str, entry):
    """Yield (field, sentence) of what pybtex's style does not print of an entry: of what can be left out unseen."""
    try:
        printed = sources.html(key, "en")
    except FieldIsMissing as error:
        yield "", f"has no {str(error).split()[1]}, which an @{entry.type} needs"
        return
    for kept in (entry.persons, entry.fields):
        for name in [name for name in kept if name.lower() not in {*LINKS, *NEVER} and not OWN.fullmatch(name)]:
            value = kept.pop(name)
            try:
                lost = ET.tostring(sources.html(key, "en")) == ET.tostring(printed)
            except FieldIsMissing:
                lost = False
            finally:
                kept[name] = value
            if lost:
                yield name, f"{name} is not printed in this @{entry.type}; write it in note, or leave it out"
