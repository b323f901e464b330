"""MathML as browsers know it: math-core's output with classes in the place of styles, and nothing that is not MathML Core."""

import re
import xml.etree.ElementTree as ET

# the elements of MathML Core that draw something, and the attributes that each has beside the global ones
# (https://www.w3.org/TR/mathml-core/, §2.1.1, 3.2–3.5; the global ones are those of §2.1.3, and `intent` of MathML 4)
GLOBAL = {"class", "displaystyle", "intent", "scriptlevel"}
BOOLEANS = {"accent", "accentunder", "displaystyle", "largeop", "movablelimits", "stretchy", "symmetric"}
LENGTHS = {"depth", "height", "linethickness", "lspace", "maxsize", "minsize", "rspace", "voffset", "width"}
CORE = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"form", "largeop", "lspace", "maxsize", "minsize", "movablelimits", "rspace", "stretchy", "symmetric"},
    "mspace": {"depth", "height", "width"},
    "mfrac": {"linethickness"},
    "mpadded": {"depth", "height", "lspace", "voffset", "width"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mtd": {"columnspan", "rowspan"},
    **{name: set() for name in ("mn", "mphantom", "mprescripts", "mroot", "mrow", "msqrt", "mtable", "mtext", "mtr")},
    **{name: set() for name in ("mmultiscripts", "msub", "msubsup", "msup")},
    **{name: set() for name in ("b", "code", "em", "i", "span")},  # HTML, which may stand in mtext
}

ROOMS = {"0.1667": "thin", "0.2222": "mid", "0.2778": "thick"}
# math-core writes style attributes, which a strict Content-Security-Policy forbids: book.css has a class for each
CLASSES = {
    "text-align:right": "right",
    "text-align:left": "left",
    "justify-items:end": "",  # says again what text-align says
    "justify-items:start": "",
    "padding-left:0": "flush-left",
    "padding-right:0": "flush-right",
    "padding-top:0": "dense",
    "padding-bottom:0": "",
    "padding-top:0.1667em": "continued",
    "padding-left:1em": "apart",
    "padding-left:0.1em": "narrow",
    "padding-right:0.1em": "",
    "math-shift:compact": "cramped",
    "font-variant-caps:small-caps": "small-caps",
    **{f"padding-{side}:{room}em": f"{name}-{side}" for room, name in ROOMS.items() for side in ("left", "right")},
    "margin-left:-0.16666667em": "back-thin",
    "margin-left:-0.22222222em": "back-mid",
    "margin-left:-0.2777778em": "back-thick",
    **{
        f"border-{side}:0.05em {line} currentcolor": f"{line}-{side}"
        for side in ("left", "right", "top")
        for line in ("solid", "dashed")
    },
}
FONTS = {"math-core-sans-serif-font": "sans", "math-core-serif-font": "serif"}
DOTS = {"...": "…", "···": "⋯"}  # three signs in a row, which a screen reader would spell
ACCENTS = {"\u0332": "\u203e", "~": "\u02dc"}  # an overline, not a “combining low line”; a tilde that can stretch
CHANCERY = "\ufe00"  # asks for the one form of script letters that the font has, and is no sign of it
NUMERAL = set("+\u2212/%,.")
FLAT = {"math", "mi", "mn", "mo", "mrow", "mspace", "mtext"}


class UnknownMathML(Exception):
    """What in a formula browsers would not show."""


def cleaned(math: ET.Element) -> None:
    """Make an element of math-core's one that browsers know; raise UnknownMathML where that cannot be done."""
    for element in math.iter():
        if element.tag == "menclose" and element.get("notation") == "box":
            element.tag, element.attrib = "mrow", {"class": "boxed"}
        _classify(element)
    for element in math.iter():
        _respell(element)
        if element.tag == "mtable":
            _end_line(element)
        _allowed(element)


def flat(math: ET.Element) -> bool:
    """Return whether a formula says the same where only its text is kept: x + y does, x² would be x2."""
    return all(element.tag in FLAT for element in math.iter())


def numeral(math: ET.Element) -> bool:
    """Return whether a formula is a number and no more, such as −4/3, which stands in a table among numbers that are text."""
    signs = [element for element in math.iter() if not len(element)]
    return flat(math) and all(sign.tag == "mn" or (sign.text or "") in NUMERAL for sign in signs)


def _classify(element: ET.Element) -> None:
    """Put classes in the place of an element's style attribute."""
    parts = [re.sub(r":\s+", ":", part).strip() for part in element.attrib.pop("style", "").split(";")]
    if unknown := [part for part in parts if part and part not in CLASSES]:
        raise UnknownMathML(unknown[0])
    names = [FONTS.get(name, name) for name in element.attrib.pop("class", "").split()]
    if names := names + [CLASSES[part] for part in parts if part and CLASSES[part]]:
        element.set("class", " ".join(names))


def _respell(element: ET.Element) -> None:
    """Write what looks right and would be spoken wrong with the sign that means it."""
    if element.tag in ("msub", "msup", "msubsup") and element[0].tag == "mpadded" and element[0].get("class"):
        element.set("class", element[0].attrib.pop("class"))  # the room beside an operator follows its scripts
    if element.tag == "mover" and len(element) == 2 and element[1].text in ACCENTS:
        element[1].text = ACCENTS[element[1].text]
    if element.tag == "mi" and element.text:
        element.text = element.text.replace(CHANCERY, "")
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


def _end_line(table: ET.Element) -> None:
    r"""Draw a line below the last row where math-core makes an empty row of a final `\hline`."""
    if len(table) < 2 or any(len(cell) for cell in table[-1]):
        return
    lines = [name for cell in table[-1] for name in cell.get("class", "").split() if name.endswith("-top")]
    if lines:
        table.remove(table[-1])
        for cell in table[-1]:
            cell.set("class", f"{cell.get('class', '')} {lines[0].replace('top', 'bottom')}".strip())


def _allowed(element: ET.Element) -> None:
    """Raise UnknownMathML at an element, an attribute, or a value that MathML Core does not have."""
    if element.tag not in CORE:
        raise UnknownMathML(f"<{element.tag}>")
    for name, value in element.attrib.items():
        if name in LENGTHS:
            known = re.fullmatch(r"-?\d*\.?\d+(em|ex)|0", value)
        else:
            known = name not in BOOLEANS or value in ("true", "false")
        if not known or name not in GLOBAL | CORE[element.tag]:
            raise UnknownMathML(f'<{element.tag} {name}="{value}">')
