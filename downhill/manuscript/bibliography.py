"""The book's sources: the entries of docs/references.bib, read and set by pybtex."""

import collections
import functools
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pybtex import errors
from pybtex.backends.html import Backend
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Entry, Person, parse_string
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import FieldIsMissing, field, href, join, node, sentence

from downhill.manuscript import files

WORDS = {
    "en": {"two": "{} and {} {}", "more": "{} et al. {}", "comma": ", ", "back": "Back to the text", "by": " Cited in "},
    "zh": {"two": "{} 和 {} {}", "more": "{} 等 {}", "comma": "，", "back": "回到正文", "by": " 引用之处："},
}


OTHERS = "others"  # stands for the rest of the authors
OWN = re.compile("(.+)-(en|zh)")  # the name of a field that stands for another one on the pages of a language: title-zh


@node
def people(children, context, role):
    """Return the names of a role; “et al.” stands for others, and names in Chinese have 、 between them."""
    if not (persons := context["entry"].persons.get(role)):
        raise FieldIsMissing(role, context["entry"])
    style = context["style"]
    names = [style.format_name(person, False) for person in persons if str(person) != OTHERS]
    if len(names) < len(persons):
        return join(sep=" ")[join(sep=", ")[names], "et al."].format_data(context)
    if all(re.search("[\u4e00-\u9fff]", str(person)) for person in persons):
        return join(sep="、")[names].format_data(context)
    return join(sep=", ", sep2=" and ", last_sep=", and ")[names].format_data(context)


class Html(Backend):
    """Rich text as XHTML, without marks for words in braces."""

    symbols = {"ndash": "–", "newblock": "\n", "nbsp": "\u00a0"}

    def format_protected(self, text):
        return text

    @staticmethod
    def format_href(url, text, external=False):
        return f"<a href={quoteattr(url)}>{text}</a>"


class Setting(Style):
    """How an entry is set: pybtex's plain style, with titles as they are written and one link, the most lasting."""

    def format_names(self, role, as_sentence=True):
        return sentence[people(role)] if as_sentence else people(role)

    def format_title(self, e, which_field, as_sentence=True):
        return sentence[field(which_field)] if as_sentence else field(which_field)

    def format_url(self, e):
        url = e.fields["url"]
        return href(url)[re.sub(r"^https?://(www\.)?|/$", "", url)]

    def format_web_refs(self, e):
        for name, link in (("eprint", self.format_eprint), ("doi", self.format_doi), ("url", self.format_url)):
            if name in e.fields:
                return sentence[link(e)]
        return ""


@functools.cache
def setting() -> Setting:
    """Return the one setting; to make it, pybtex looks through everything that is installed."""
    return Setting()


class Bibliography:
    """The entries of a .bib file, what pybtex could not read in it, and what a page shows of them."""

    def __init__(self, text: str = ""):
        self.text = text
        with errors.capture() as self.errors:
            self.entries: dict[str, Entry] = dict(parse_string(text, "bibtex").entries.items())

    @functools.cached_property
    def places(self) -> list[tuple[str, int, int]]:
        """Return the key of each entry, nothing for @string and @preamble, and where it begins and ends in the text."""
        reader = LowLevelParser(self.text, handle_error=lambda error: None, macros=dict(month_names))
        return [(reader.current_entry_key or "", reader.command_start, reader.pos) for _ in reader]

    def line(self, key: str, name: str = "", which: int = 0) -> int:
        """Return the line on which an entry begins, or a field of it; `which` of the entries with this key."""
        places = [place for known, *place in self.places if known.lower() == key.lower()]
        start, end = places[which] if places else (0, 0)
        found = re.search(rf"(?<![\w-]){re.escape(name)}\s*=", self.text[start:end], re.IGNORECASE) if name else None
        return self.text.count("\n", 0, start + (found.start() if found else 0)) + 1

    @functools.cached_property
    def letters(self) -> dict[str, str]:
        """Return the year of each entry, with a letter where authors and year of two are the same: 1998a, 1998b."""
        alike = collections.defaultdict(list)
        for key, entry in sorted(self.entries.items(), key=lambda pair: pair[1].fields.get("title", "")):
            alike[self._named(entry, "en", year(entry))].append(key)
        return {
            key: year(self.entries[key]) + (letter(i) if len(keys) > 1 else "")
            for keys in alike.values()
            for i, key in enumerate(keys)
        }

    def label(self, key: str, language: str) -> str:
        """Return what a citation says: “Nesterov 2018”."""
        return self._named(self.entry(key, language), language, self.letters[key])

    def entry(self, key: str, language: str) -> Entry:
        """Return an entry as the pages of a language have it: there, `title-zh` stands for `title`."""
        entry = self.entries[key]
        fields = {name: value for name, value in entry.fields.items() if not OWN.fullmatch(name)}
        persons = dict(entry.persons.items())
        for name in self.own(key, language):
            kept, value = name.rpartition("-")[0], entry.fields[name]
            if kept in ("author", "editor"):
                persons[kept] = [Person(person) for person in split_name_list(value)]
            else:
                fields[kept] = value
        return Entry(entry.type, fields=fields, persons=persons)

    def own(self, key: str, language: str) -> list[str]:
        """Return the names of an entry's fields that are for the pages of one language."""
        return [name for name in self.entries[key].fields if (match := OWN.fullmatch(name)) and match[2] == language]

    @staticmethod
    def _named(entry: Entry, language: str, year: str) -> str:
        persons = entry.persons.get("author") or entry.persons.get("editor") or []
        names = [last_name(person) for person in persons]
        if len(names) > 2 or names[-1:] == [OTHERS]:
            return WORDS[language]["more"].format(names[0], year)
        return WORDS[language]["two"].format(*names, year) if len(names) == 2 else f"{''.join(names)} {year}"

    def html(self, key: str, language: str) -> ET.Element:
        """Return an entry, set, as a `li` element; checks/sources.py tells beforehand which cannot be."""
        text = setting().format_entry(key, self.entry(key, language)).text.render(Html())
        lang = f' lang="{language}"' if self.own(key, language) else ""
        return ET.fromstring(f'<li id="ref-{escape(key)}"{lang}>{text}</li>')


def last_name(person: Person) -> str:
    """Return a person's last name, as it is printed.

    >>> last_name(Person(r"van der {\\'S}wi{\\k{a}}tek, Jan")), last_name(Person("{Open AI}"))
    ('van der Świątek', 'Open AI')
    """
    return " ".join(str(part) for part in [*person.rich_prelast_names, *person.rich_last_names])


def year(entry: Entry) -> str:
    return str(Text.from_latex(entry.fields.get("year", "")))


def letter(number: int) -> str:
    """Return the letters that count entries.

    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    return (letter(number // 26 - 1) if number > 25 else "") + chr(ord("a") + number % 26)


@functools.cache
def parsed(text: str) -> Bibliography:
    return Bibliography(text)


def load(root: Path) -> Bibliography:
    """Return the book's bibliography; an empty one where there is none."""
    path = root / "docs" / "references.bib"
    return parsed(files.text(path) if path.exists() else "")
