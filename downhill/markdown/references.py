"""Sources: `[@key, §2]` on a page becomes a link to the page's list of sources, and `[[references]]` becomes that list.

`[words](@key)` cites under other words, and
`[[bibliography]]` becomes the list of all entries, with the pages that cite them.
"""

import functools
import logging
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from downhill.manuscript import files
from downhill.manuscript.bibliography import WORDS, Bibliography, load
from downhill.manuscript.prose import LISTS, apart, citations, listed
from downhill.markdown.reading import Citation

log = logging.getLogger("mkdocs.downhill")


class ReferencesExtension(Extension):
    """Python-Markdown extension. Options `root`: where the book stands; `language`: zh or en."""

    def __init__(self, **options):
        self.config = {"root": [".", "The folder in which docs/ stands."], "language": ["en", "zh or en"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        root, language = Path(self.getConfig("root")), self.getConfig("language")
        sources = load(root)
        md.inlinePatterns.register(Citation(md), "downhill-citation", 175)  # before links
        md.treeprocessors.register(References(md, root, sources, language), "downhill-references", 14)


class References(Treeprocessor):
    """Leads each citation to the page's list of sources, writes that list, and leads back from it."""

    def __init__(self, md: Markdown, root: Path, sources: Bibliography, language: str):
        super().__init__(md)
        self.root, self.sources, self.language = root, sources, language

    def run(self, root: ET.Element) -> None:
        cited: dict[str, dict[str, str]] = {}  # {key: {place in the source: id of the citation}}
        for link in [a for a in root.iter("a") if a.get("href", "").startswith("@")]:
            key, spot, own = link.get("href")[1:], link.get("data-place", ""), "data-place" not in link.attrib
            if key not in self.sources.entries:
                log.warning("cites @%s, which is not in docs/references.bib", key)
                continue
            if not own:
                del link.attrib["data-place"]
                label = self.sources.label(key, self.language)
                link.text = label + (WORDS[self.language]["comma"] + spot if spot else "")
                link.tail = apart(link.text, link.tail or "") + (link.tail or "")
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
            found.append(item := self.sources.html(key, self.language))
            if len(item):
                item[-1].tail = (item[-1].tail or "").rstrip()
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
        for path in files.below(folder, "*.md"):
            text = files.text(path)
            if LISTS[0] in listed(text):
                title = re.sub(r"^# | *\{#[\w-]+\}$", "", text.splitlines()[0])
                for _, key, _ in citations(text):
                    found.setdefault(key, {})[path.relative_to(folder).as_posix()] = title
        return found


def makeExtension(**options) -> ReferencesExtension:
    return ReferencesExtension(**options)
