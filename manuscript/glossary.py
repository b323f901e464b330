"""The glossary's pages are the list of the book's terms; everything else that knows terms reads them.

A line `learning rate · 学习率 {#learning-rate}` and its definition below make an entry; forms of one term are separated by
a comma (in Chinese 、). Where a page first uses a term, the term leads to its entry and a tooltip shows the other
language's.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

NAME = "glossary.md"
ENTRY = re.compile(r"^(?P<own>\S.*?) · (?P<other>\S.*?) \{#(?P<id>[\w-]+)\}$")
BLOCKS = {"p", "li", "dd"}  # where prose stands
APART = {"a", "abbr", "code", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "math", "pre", "summary", "svg", "table"}


@dataclass(frozen=True)
class Term:
    """One entry: its id, its forms in the page's language and in the other one, the first of them the usual one."""

    id: str
    own: tuple[str, ...]
    other: tuple[str, ...]
    line: int
    defined: bool

    def answer(self, form: int) -> str:
        """Return what the other language says for a form: its own counterpart, or the usual form where there is none."""
        return self.other[form if len(self.own) == len(self.other) else 0]


def terms(text: str) -> list[Term]:
    """Return the entries of a glossary page.

    >>> [term] = terms("步长、步幅 · step size {#step-size}\\n:   学习率。")
    >>> term.own, term.other
    (('步长', '步幅'), ('step size',))
    """
    lines, found = text.splitlines(), []
    for number, line in enumerate(lines, 1):
        if match := ENTRY.match(line):
            own, other = (tuple(re.split(r"、|, ", match[side])) for side in ("own", "other"))
            below = lines[number] if number < len(lines) else ""
            found.append(Term(match["id"], own, other, number, below.startswith(":   ")))
    return found


def load(root: Path, language: str) -> list[Term]:
    """Return the terms as the pages of a language need them; none where there is no glossary."""
    path = root / "docs" / language / NAME
    return terms(path.read_text(encoding="utf-8")) if path.exists() else []


def problems(book) -> list[str]:
    """Return a sentence for each entry that its twin does not mirror, or that is not complete or not the only one."""
    if NAME not in book.pages["en"] or NAME not in book.pages["zh"]:
        return []
    english, chinese = (book.pages[language][NAME] for language in ("en", "zh"))
    ours, theirs = terms(english.text), {term.id: term for term in terms(chinese.text)}
    found = []
    for term in ours:
        twin = theirs.get(term.id)
        if twin is None or (term.own, term.other) != (twin.other, twin.own):
            said = " · ".join(map(str, twin and (twin.own, twin.other) or ("nothing",)))
            found.append(f"{english.place}:{term.line}: “{term.id}” is {term.own} · {term.other}, its twin says {said}")
        if not term.defined:
            found.append(f"{english.place}:{term.line}: “{term.id}” has no definition (a line that begins with “:   ”)")
    for page in (english, chinese):
        forms = Counter(form for term in terms(page.text) for form in term.own)
        found += [f"{page.place}: “{form}” stands in two entries" for form, count in forms.items() if count > 1]
    return found


def pattern(own: list[Term], language: str) -> re.Pattern | None:
    """Return a pattern that finds the terms, the longest form first; its groups are named `t`, term, `_`, form.

    A form of one letter would be found everywhere, and is left out.
    """
    forms = [(form, f"t{i}_{k}") for i, term in enumerate(own) for k, form in enumerate(term.own) if len(form) > 1]
    forms.sort(key=lambda pair: -len(pair[0]))
    plural, before, after = (r"(?:s|es)?", r"(?<![\w-])", r"(?![\w-])") if language == "en" else ("", "", "")
    alternatives = "|".join(f"(?P<{name}>{re.escape(form)}{plural})" for form, name in forms)
    return re.compile(f"{before}(?:{alternatives}){after}", re.IGNORECASE) if forms else None


class GlossaryExtension(Extension):
    """Python-Markdown extension. Options `root`: where the book stands; `language`: zh or en."""

    def __init__(self, **options):
        self.config = {"root": [".", "The folder in which docs/ stands."], "language": ["en", "zh or en"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        own = load(Path(self.getConfig("root")), self.getConfig("language"))
        md.treeprocessors.register(Tooltips(md, own, self.getConfig("language")), "downhill-glossary", 6)  # after attr_list


class Tooltips(Treeprocessor):
    """Makes the first use of each term on a page a link to the glossary whose title is the other language's term."""

    def __init__(self, md: Markdown, own: list[Term], language: str):
        super().__init__(md)
        self.terms, self.pattern, self.language = own, pattern(own, language), language

    def run(self, root: ET.Element) -> None:
        ids = {term.id for term in self.terms}
        entries = [element for element in root.iter("dt") if element.get("id") in ids]
        for entry in entries:
            self._say_language(entry)
        if self.pattern and not entries:
            self._walk(root, False, set())

    def _say_language(self, entry: ET.Element) -> None:
        """Mark an entry's term of the other language as such."""
        own, dot, other = (entry.text or "").partition(" · ")
        if dot:
            entry.text = own + dot
            entry.insert(0, span := ET.Element("span", {"lang": "en" if self.language == "zh" else "zh"}))
            span.text = other

    def _walk(self, element: ET.Element, prose: bool, seen: set[str]) -> None:
        """Go through the text below an element in the order of reading."""
        if element.tag in APART or element.get("class") in ("admonition-title", "references"):
            return
        prose = prose or element.tag in BLOCKS
        children = list(element)
        if prose and element.text:
            element.text, links = self._split(element.text, seen)
            for place, link in enumerate(links):
                element.insert(place, link)
        for child in children:
            self._walk(child, prose, seen)
            if prose and child.tail:
                child.tail, links = self._split(child.tail, seen)
                place = list(element).index(child) + 1
                for offset, link in enumerate(links):
                    element.insert(place + offset, link)

    def _split(self, text: str, seen: set[str]) -> tuple[str, list[ET.Element]]:
        """Return the text before the first new term, and the new terms as links, each with the text that follows it."""
        before, links, end = text, [], 0
        for match in self.pattern.finditer(text):
            term, form = (int(number) for number in match.lastgroup[1:].split("_"))
            term = self.terms[term]
            if term.id in seen:
                continue
            seen.add(term.id)
            link = ET.Element("a", {"class": "term", "href": f"{NAME}#{term.id}", "title": term.answer(form)})
            link.text = match[0]
            if links:
                links[-1].tail = text[end : match.start()]
            else:
                before = text[: match.start()]
            links.append(link)
            end = match.end()
        if links:
            links[-1].tail = text[end:]
        return before, links


def makeExtension(**options) -> GlossaryExtension:
    return GlossaryExtension(**options)
