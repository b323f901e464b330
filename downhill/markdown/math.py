"""LaTeX in a page becomes MathML when the page is built: pymdownx.arithmatex finds it, math-core converts it.

The element keeps its LaTeX in `data-latex`, for readers who copy it (docs/theme/assets/reading.js).
"""

import html
import logging
import re
import xml.etree.ElementTree as ET

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML

log = logging.getLogger("mkdocs.downhill")
LABEL = re.compile(r"\\label\{([\w-]+)\}\s*")
SPACED_ROW = re.compile(r"\\\\\s*\[")
CLOSING = re.compile(r"[.,:;!?)\]”’，。、：；！？）》]+")  # signs that must not begin a line; they stay with the formula
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#\w+);)\w+;")  # names that XML does not know

# math-core writes style attributes, which a strict Content-Security-Policy forbids: book.css has a class for each
CLASSES = {
    "text-align:right": "right",
    "text-align:left": "left",
    "justify-items:end": "",  # says again what text-align says
    "justify-items:start": "",
    "padding-left:0": "flush-left",
    "padding-right:0": "flush-right",
    "padding-left:1em": "apart",
    "padding-right:0.1667em": "thin",
    "margin-left:-0.16666667em": "back",
}
DOTS = {"...": "…", "···": "⋯"}  # three signs in a row, which a screen reader would spell

_converter = LatexToMathML(fancy_error=False)


class FormulaError(Exception):
    """What is wrong with a formula, in one sentence."""


def convert(latex: str, display: bool) -> ET.Element:
    """Return a formula as a `math` element; FormulaError says what in the LaTeX cannot be converted."""
    if SPACED_ROW.search(latex):
        raise FormulaError(rf"\\[…] does not work, the length would be printed: {latex}")
    try:
        mathml = _converter.convert_with_local_state(latex.strip(), displaystyle=display)
    except LatexError as error:
        raise FormulaError(f"{error}: {latex}") from error
    math = ET.fromstring(ENTITY.sub(lambda match: html.unescape(match[0]), mathml))
    math.set("data-latex", latex.strip())
    for element in math.iter():
        _classify(element, latex)
        _respell(element)
    return math


def _classify(element: ET.Element, latex: str) -> None:
    """Put classes in the place of an element's style attribute."""
    parts = [part.replace(": ", ":").strip() for part in element.attrib.pop("style", "").split(";")]
    if unknown := [part for part in parts if part and part not in CLASSES]:
        raise FormulaError(f"math-core styles it with “{unknown[0]}”, which has no class: {latex}")
    if names := [CLASSES[part] for part in parts if part and CLASSES[part]]:
        element.set("class", " ".join(names))


def _respell(element: ET.Element) -> None:
    """Write what looks right and would be spoken wrong with the sign that means it."""
    if element.tag == "mover" and len(element) == 2 and element[1].text == "\u0332":
        element[1].text = "\u203e"  # an overline, not a “combining low line”
    if element.tag == "mtable" and element.get("displaystyle") == "true":
        element.set("intent", ":system-of-equations")  # aligned is no matrix
    if len(element) and element[-1].tag == "mi" and element[-1].text in (".", "。"):
        element[-1].tag = "mtext"  # the end of the sentence is no identifier
    for index in range(len(element) - 3, -1, -1):
        three = element[index : index + 3]
        sign = DOTS.get("".join((e.text or "?") if e.tag == "mo" else "?" for e in three))
        if sign:
            element[index : index + 3] = [dots := ET.Element("mo")]
            dots.text = sign


class MathExtension(Extension):
    """Python-Markdown extension; it comes after pymdownx.arithmatex with `generic: true`."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Formulas(md), "downhill-math", 16)


class Formulas(Treeprocessor):
    """Replaces arithmatex' generic elements by MathML; a labelled formula gets an id and room for its number."""

    def run(self, root: ET.Element) -> None:
        for element in [e for e in root.iter() if "arithmatex" in e.get("class", "").split()]:
            latex, display = html.unescape(element.text.strip()[2:-2]), element.tag == "div"
            label = LABEL.search(latex)
            try:
                math = convert(LABEL.sub("", latex), display)
            except FormulaError as error:
                log.warning("%s", error)
                continue
            element.text, element.attrib = None, {"class": "equation" if display else "formula"}
            element.append(math)
            if label:
                element.set("id", label[1])
            if not display and (sign := CLOSING.match(element.tail or "")):
                math.tail, element.tail = sign[0], element.tail[len(sign[0]) :]
        for place in ("th", "a"):  # they must have text, and axe reads no MathML
            for math in root.findall(f".//{place}/span[@class='formula']/math"):
                math.set("aria-label", "".join(math.itertext()))


def makeExtension(**options) -> MathExtension:
    return MathExtension(**options)
