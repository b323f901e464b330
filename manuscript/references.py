"""Sources: `[@key, §2]` on a page becomes a link to the page's list of sources, and `[[references]]` becomes that list.

The entries stand in docs/references.bib; pybtex reads and sets them. `[words](@key)` cites under other words, and
`[[bibliography]]` becomes the list of all entries, with the pages that cite them.
"""

import collections
import functools
import logging
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from pybtex.backends.html import Backend
from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import field, href, sentence

log = logging.getLogger("mkdocs.downhill")
CITATION = re.compile(r"\[@([\w-]+)(?:\s*[,，]\s*([^\]]*?))?\s*\]|\]\(@([\w-]+)\)")
LISTS = ("[[references]]", "[[bibliography]]")
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
    return parsed(path.read_text(encoding="utf-8") if path.exists() else "")


def prose(text: str, code: bool = False):
    """Yield (line number, line) of what is neither code nor a displayed formula, without inline code unless asked for."""
    verbatim = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("```") or line.strip() == "$$":
            verbatim = not verbatim
        elif not verbatim:
            yield number, line if code else re.sub(r"(`+).+?\1", "", line)


@functools.lru_cache(maxsize=1024)
def citations(text: str) -> list[tuple[int, str, str]]:
    """Return (line number, key, place in the source) of each citation on a page."""
    found = ((number, match) for number, line in prose(text) for match in CITATION.finditer(line))
    return [(number, match[1] or match[3], match[2] or "") for number, match in found]


@functools.lru_cache(maxsize=1024)
def listed(text: str) -> dict[str, int]:
    """Return {list of sources that a page asks for: line number}."""
    return {line.strip(): number for number, line in prose(text) if line.strip() in LISTS}


def problems(book) -> list[str]:
    """Return a sentence for each citation of a source that is not in the bibliography, and for each list out of place."""
    place = "docs/references.bib"
    try:
        sources = load(book.root)
    except PybtexError as error:
        return [f"{place}:{getattr(error, 'lineno', None) or 1}: {error}"]
    found = sources.problems(place)
    for page in (page for pages in book.pages.values() for page in pages.values()):
        cited = citations(page.text)
        lists = listed(page.text)
        for number, key, spot in cited:
            if key not in sources.entries:
                found.append(f"{page.place}:{number}: cites @{key}, which is not in {place}")
            if "$" in spot:
                found.append(f"{page.place}:{number}: the place in a citation is plain text, not a formula: {spot}")
        if cited and not lists:
            found.append(f"{page.place}:{cited[0][0]}: cites sources, but the page has no line {LISTS[0]}")
        if not cited and LISTS[0] in lists:
            found.append(f"{page.place}:{lists[LISTS[0]]}: {LISTS[0]}, but the page cites nothing")
    return found


class ReferencesExtension(Extension):
    """Python-Markdown extension. Options `root`: where the book stands; `language`: zh or en."""

    def __init__(self, **options):
        self.config = {"root": [".", "The folder in which docs/ stands."], "language": ["en", "zh or en"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        root, language = Path(self.getConfig("root")), self.getConfig("language")
        sources = load(root)
        md.inlinePatterns.register(Citation(sources, language, md), "downhill-citation", 175)  # before links
        md.treeprocessors.register(References(md, root, sources, language), "downhill-references", 14)


class Citation(InlineProcessor):
    """`[@key, §2]` as a link that still says @key; References completes it."""

    def __init__(self, sources: Bibliography, language: str, md: Markdown):
        super().__init__(r"\[@([\w-]+)(?:\s*[,，]\s*([^\]]*?))?\s*\]", md)
        self.sources, self.language = sources, language

    def handleMatch(self, m, data):
        link = ET.Element("a", {"href": f"@{m[1]}", "data-place": m[2] or ""})
        if m[1] in self.sources.entries:
            link.text = self.sources.label(m[1], self.language) + (WORDS[self.language]["comma"] + m[2] if m[2] else "")
        return link, m.start(0), m.end(0)


class References(Treeprocessor):
    """Leads each citation to the page's list of sources, writes that list, and leads back from it."""

    def __init__(self, md: Markdown, root: Path, sources: Bibliography, language: str):
        super().__init__(md)
        self.root, self.sources, self.language = root, sources, language

    def run(self, root: ET.Element) -> None:
        cited: dict[str, dict[str, str]] = {}  # {key: {place in the source: id of the citation}}
        for link in [a for a in root.iter("a") if a.get("href", "").startswith("@")]:
            key, spot = link.get("href")[1:], link.attrib.pop("data-place", "")
            if key not in self.sources.entries:
                log.warning("cites @%s, which is not in docs/references.bib", key)
                continue
            spots = cited.setdefault(key, {})
            link.set("href", f"#ref-{key}")
            link.set("class", "citation")
            if spot not in spots:
                spots[spot] = f"cite-{key}" + (f"-{len(spots) + 1}" if spots else "")
                link.set("id", spots[spot])
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "p" and (child.text or "").strip() in LISTS and not len(child):
                    everything = child.text.strip() == LISTS[1]
                    parent[index] = self._list(self.sources.entries if everything else cited, cited, everything)

    def _list(self, keys, cited: dict[str, dict[str, str]], everything: bool) -> ET.Element:
        """Return the list of some entries in the order of their labels."""
        found = ET.Element("ul", {"class": "references", "lang": "en"})
        for key in sorted(keys, key=lambda key: self.sources.label(key, "en").casefold()):
            found.append(item := self.sources.html(key))
            item[-1].tail = (item[-1].tail or "").rstrip() if len(item) else ""
            if everything:
                self._pages(item, key)
            else:
                self._back(item, cited[key])
        return found

    def _back(self, item: ET.Element, spots: dict[str, str]) -> None:
        """Add links back to the citations, under the places in the source that they name."""
        back = ET.SubElement(item, "span", {"class": "cited", "lang": self.language})
        back.text = " ↩ "
        for number, (spot, identity) in enumerate(spots.items()):
            link = ET.SubElement(back, "a", {"href": f"#{identity}"})
            link.text = spot or str(number + 1)
            if not spot:
                link.set("aria-label", f"{link.text} – {WORDS[self.language]['back']}")
            link.tail = WORDS[self.language]["comma"] if number < len(spots) - 1 else ""

    def _pages(self, item: ET.Element, key: str) -> None:
        """Add links to the pages that cite an entry."""
        pages = self.citing.get(key, {})
        by = ET.SubElement(item, "span", {"class": "cited", "lang": self.language})
        by.text = WORDS[self.language]["by"] if pages else ""
        for number, (name, title) in enumerate(pages.items()):
            link = ET.SubElement(by, "a", {"href": f"{name}#ref-{key}"})
            link.text = title
            last = number == len(pages) - 1
            link.tail = {"zh": "。", "en": "."}[self.language] if last else {"zh": "、", "en": ", "}[self.language]

    @functools.cached_property
    def citing(self) -> dict[str, dict[str, str]]:
        """Return `{key: {page: its title}}` for the pages of this language."""
        found: dict[str, dict[str, str]] = {}
        folder = self.root / "docs" / self.language
        for path in sorted(folder.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            if LISTS[0] in (line.strip() for _, line in prose(text)):
                title = re.sub(r"^# | *\{#[\w-]+\}$", "", text.splitlines()[0])
                for _, key, _ in citations(text):
                    found.setdefault(key, {})[path.relative_to(folder).as_posix()] = title
        return found


def makeExtension(**options) -> ReferencesExtension:
    return ReferencesExtension(**options)
