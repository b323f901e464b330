"""Terms in the text: the first use of one on a page leads to the glossary, and a tooltip shows the other language's."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from downhill.manuscript.terms import NAME, Term, load

BLOCKS = {"p", "li", "dd"}  # where prose stands
APART = {"a", "abbr", "code", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "math", "pre", "summary", "svg", "table"}


def pattern(own: list[Term], language: str) -> re.Pattern | None:
    """Return a pattern that finds the terms, the longest form first; its groups are named `t`, term, `_`, form.

    A form of one letter would be found everywhere, and is left out.
    """
    forms = [(form, f"t{i}_{k}") for i, term in enumerate(own) for k, form in enumerate(term.own) if len(form) > 1]
    plural, before, after = (r"(?:s|es)?", r"(?<![\w-])", r"(?![\w-])") if language == "en" else ("", "", "")
    begun: dict[str, list[str]] = {}  # by their first letter: elsewhere in a text, none of them is tried
    for form, name in sorted(forms, key=lambda pair: -len(pair[0])):
        begun.setdefault(re.escape(form[0].lower()), []).append(f"(?P<{name}>{re.escape(form)}{plural})")
    alternatives = "|".join(f"(?={letter})(?:{'|'.join(same)})" for letter, same in begun.items())
    return re.compile(f"{before}(?=[{''.join(begun)}])(?:{alternatives}){after}", re.IGNORECASE) if forms else None


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
        if element.tag in APART or element.get("class") in ("admonition-title", "cards", "references"):
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
