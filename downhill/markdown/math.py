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

from downhill.markdown.latex import MACROS, TOKEN, FormulaError, rewritten, unlabelled
from downhill.markdown.mathml import UnknownMathML, cleaned, flat, numeral

log = logging.getLogger("mkdocs.downhill")
CLOSING = re.compile(r"[.,:;!?)\]”’，。、：；！？）》]+")  # signs that must not begin a line; they stay with the formula
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#\w+);)\w+;")  # names that XML does not know
REMEDIES = {  # how math-core's messages begin: what to do
    "unknown command": "look at its spelling",
    "unknown environment": "write aligned, gathered, cases, array or a matrix",
    "found &": r"write \& for the sign; columns stand in an environment",
    r"found \h": r"a line stands at the beginning of a row of \begin{array}",
    r"found \limits": r"write \operatorname*{name}_{…}, or \underset{x}{…}",
    "expected parameter": r"write \# for the sign",
    "invalid parameter": r"write \# for the sign",
    "macro parameter": r"write \# for the sign",
    "not valid in text": r"words stand in \text{…}, and mathematics in it between $…$",
    "expected length": r"write a length in em, as in \hspace{1em}",
    "expected argument": "write what is missing in braces",
    "expected closing": "close it",
    "duplicate": r"write {x^a}^b",
    "could not extract": "words stand in \\text{…}",
}

# what math-core calls unreliable is \widetilde, for which the book's font has a sign
_converter = LatexToMathML(fancy_error=False, macros=MACROS, allow_unreliable_rendering=True, max_expansions=100)


def convert(latex: str, display: bool) -> ET.Element:
    """Return a formula without a label as a `math` element; FormulaError says what in the LaTeX cannot be converted."""
    latex = latex.strip()
    said = rewritten(latex)
    try:
        mathml = _converter.convert_with_local_state(said, displaystyle=display)
    except LatexError as error:
        raise _readable(str(error), latex, said) from error
    math = ET.fromstring(ENTITY.sub(lambda match: html.unescape(match[0]), mathml))
    if not "".join(math.itertext()).strip():
        raise FormulaError("nothing", latex, remedy="write a formula, or take its dollar signs away")
    try:
        cleaned(math)
    except UnknownMathML as error:
        raise FormulaError(f"something that browsers do not show ({error})", latex, remedy="write it another way") from error
    math.set("data-latex", re.sub(r"\n\s*\n", "\n", latex))  # where a label stood alone
    return math


def _readable(message: str, latex: str, said: str) -> FormulaError:
    """Return math-core's message, which begins with a place, as a sentence of ours."""
    place, _, what = message.partition(": ")
    what = re.sub(r'"(\S+?)"', r"\1", what.rstrip(".")).replace("`", "").replace("[dash]", "")
    what = what[:1].lower() + what[1:]
    if "\\" not in what and place.isdigit() and (at := TOKEN.match(said, int(place))) and at[0].strip():
        what += f" at {at[0]}"
    remedy = next((remedy for start, remedy in REMEDIES.items() if what.startswith(start)), "")
    return FormulaError(what, latex, said.count("\n", 0, int(place)) if place.isdigit() else 0, remedy)


class MathExtension(Extension):
    """Python-Markdown extension; it comes after pymdownx.arithmatex with `generic: true`."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Formulas(md), "downhill-math", 16)


def formulas(root: ET.Element):
    """Yield (element, LaTeX, display?) of every formula that arithmatex has found in a tree."""
    for element in [e for e in root.iter() if "arithmatex" in e.get("class", "").split()]:
        display = element.tag == "div"
        latex = element.text.strip()[2:-2].strip()
        yield element, html.unescape(latex) if display else latex, display  # arithmatex escapes what is displayed alone


class Formulas(Treeprocessor):
    """Replaces arithmatex' generic elements by MathML; a labelled formula gets an id and room for its number."""

    def run(self, root: ET.Element) -> None:
        for element, latex, display in formulas(root):
            try:
                latex, label = unlabelled(latex, display)
                math = convert(latex, display)
            except FormulaError as error:
                log.warning("%s", error)
                continue
            element.text, element.attrib = None, {"class": "equation" if display else "formula"}
            element.append(math)
            if label:
                element.set("id", label)
            if not display and (sign := CLOSING.match(element.tail or "")):
                math.tail, element.tail = sign[0], element.tail[len(sign[0]) :]
        for math in root.findall(".//table//span[@class='formula']/math"):
            if numeral(math):
                math.set("class", "numeral")
        for place in ("th", "tbody/tr/td[1]", "a", "button", "label"):  # they must have text, and axe reads no MathML
            for math in root.findall(f".//{place}//span[@class='formula']/math"):
                math.set("aria-label", "".join(math.itertext()) if flat(math) else math.get("data-latex"))


def makeExtension(**options) -> MathExtension:
    return MathExtension(**options)
