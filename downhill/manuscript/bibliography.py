"""The book's sources: the entries of docs/references.bib, read and set by pybtex."""

import collections
import functools
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from pybtex.backends.html import Backend
from pybtex.database import Entry, parse_string
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import field, href, sentence

from downhill.manuscript import files

WORDS = {
    "en": {"two": "{} and {} {}", "more": "{} et al. {}", "comma": ", ", "back": "Back to the text", "by": " Cited in "},
    "zh": {"two": "{} 和 {} {}", "more": "{} 等 {}", "comma": "，", "back": "回到正文", "by": " 引用之处："},
}


class Setting(Style):
    """How an entry is set: pybtex's plain style, with titles as they are written and one link, the most lasting."""

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
    """The entries of a .bib file, and what a page shows of them."""

    def __init__(self, text: str = ""):
        self.entries: dict[str, Entry] = dict(parse_string(text, "bibtex").entries.items())

    @functools.cached_property
    def letters(self) -> dict[str, str]:
        """Return the year of each entry, with a letter where authors and year of two are the same: 1998a, 1998b."""
        alike = collections.defaultdict(list)
        for key, entry in sorted(self.entries.items(), key=lambda pair: pair[1].fields.get("title", "")):
            alike[self._named(entry, "en", entry.fields.get("year", ""))].append(key)
        return {
            key: self.entries[key].fields.get("year", "") + ("abcdefgh"[i] if len(keys) > 1 else "")
            for keys in alike.values()
            for i, key in enumerate(keys)
        }

    def label(self, key: str, language: str) -> str:
        """Return what a citation says: “Nesterov 2018”."""
        return self._named(self.entries[key], language, self.letters[key])

    @staticmethod
    def _named(entry: Entry, language: str, year: str) -> str:
        people = entry.persons.get("author") or entry.persons.get("editor") or []
        names = [" ".join([*person.prelast_names, *person.last_names]).strip("{}") for person in people]
        if len(names) == 2:
            return WORDS[language]["two"].format(*names, year)
        return WORDS[language]["more"].format(names[0], year) if len(names) > 2 else f"{''.join(names)} {year}"

    def html(self, key: str) -> ET.Element:
        """Return an entry, set, as a `li` element."""
        text = setting().format_entry(key, self.entries[key]).text.render(Backend()).replace("&nbsp;", "\u00a0")
        text = re.sub(r'<span class="bibtex-protected">(.*?)</span>', r"\1", text)
        return ET.fromstring(f'<li id="ref-{key}">{text}</li>')

    def problems(self, place: str) -> list[str]:
        """Return a sentence for each entry that lacks something a reader needs."""
        found = []
        for key, entry in self.entries.items():
            missing = [name for name in ("title", "year") if name not in entry.fields]
            missing += [] if entry.persons.get("author") or entry.persons.get("editor") else ["author"]
            found += [f"{place}: {key} has no {name}" for name in missing]
        return found


@functools.cache
def parsed(text: str) -> Bibliography:
    return Bibliography(text)


def load(root: Path) -> Bibliography:
    """Return the book's bibliography; an empty one where there is none. Raises PybtexError."""
    path = root / "docs" / "references.bib"
    return parsed(files.text(path) if path.exists() else "")
