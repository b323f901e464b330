"""Forms for kinds of text, and the difficulty of an exercise as dots: what Python-Markdown has made of them, completed.

Notes and folded blocks are read by `admonition` and `pymdownx.details`; here each form gets the class of all forms, and one
that is in sight a name, as the end of a theorem is seen by its edge alone.
"""

import xml.etree.ElementTree as ET

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from downhill.manuscript import forms


class FormsExtension(Extension):
    """Python-Markdown extension. Option `language`: zh or en."""

    def __init__(self, **options):
        self.config = {"language": ["en", "The language of the pages: zh or en."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Forms(md, self.getConfig("language")), "downhill-forms", 12)  # after inline syntax


class Forms(Treeprocessor):
    """Marks forms, and puts dots in the place of `[[difficulty: 2]]`."""

    def __init__(self, md: Markdown, language: str):
        super().__init__(md)
        self.language = language

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag in ("div", "details") and forms.WORDS.keys() & element.get("class", "").split():
                element.set("class", f"{element.get('class')} form")
                if element.tag == "div":
                    element.set("role", "group")
                    element.set("aria-label", "".join(element[0].itertext()))
            elif element.tag == "p" and (match := forms.DIFFICULTY.match((element.text or "").strip())):
                self._dots(element, int(match[1]))

    def _dots(self, place: ET.Element, number: int) -> None:
        place.attrib = {"class": "difficulty", "data-search-exclude": ""}
        place.text = f"{forms.LEVELS[self.language][0]} "
        dots = ET.SubElement(place, "span", {"role": "img", "aria-label": forms.level(number, self.language)})
        drawn = ET.SubElement(dots, "span", {"aria-hidden": "true"})  # or they would be read beside their words
        drawn.text = "●" * number + "○" * (forms.HARDEST - number)


def makeExtension(**options) -> FormsExtension:
    return FormsExtension(**options)
