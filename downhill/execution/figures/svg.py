"""Matplotlib's SVG made fit for a page: its colours the theme's, its ids its own, and nothing superfluous."""

import re
import xml.etree.ElementTree as ET

from downhill.execution.figures.fault import FigureError
from downhill.execution.figures.theme import on_page
from downhill.execution.paths import shorten

INK = "currentColor"
SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
REFERENCE = re.compile(r"url\(#([^)]+)\)")
COLOURED = ("fill", "stroke", "stop-color", "color", "flood-color", "lighting-color")
INHERITED = re.compile(r"fill(-opacity)?|stroke(-(width|opacity|linejoin|linecap|dasharray|dashoffset))?")  # from a group
NUMBERS = ("d", "x", "y", "width", "height", "transform", "points", "stroke-dasharray", "viewBox", "font-size")


def inline(svg: str, name: str) -> str:
    """Return matplotlib's SVG made fit for a page; name, unique in the book, prefixes its ids.

    FigureError names what a page cannot show: a colour of no theme, a reference to what is not there.
    """
    if "¤" in svg:
        raise FigureError("a character on the figure has no glyph")
    root = ET.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{SVG}metadata", f"{SVG}style"):
                parent.remove(child)
    for element in root.iter():
        _clean(element)
    _rename(root, re.sub(r"\W+", "-", name))
    _unwrap(root)
    _gather(root)
    shorten(root, INK)
    # what has no fill is black in SVG: on a page it has the colour of the text
    root.attrib = {"viewBox": root.get("viewBox"), "role": "img", "fill": INK}
    drawing = ET.Element(f"{SVG}g", {"aria-hidden": "true"})  # the page's words for it are read, and not its digits one by one
    drawing[:], root[:] = list(root), [drawing]
    ET.register_namespace("", SVG[1:-1])
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element) -> None:
    """Make one element's style attributes of its own, in the theme's colours, with short numbers."""
    style = dict(part.split(": ", 1) for part in element.attrib.pop("style", "").split("; ") if part)
    style.pop("font-family", None)
    element.attrib.update(style)
    for key in COLOURED:
        if (colour := element.get(key)) and not REFERENCE.fullmatch(colour):
            element.set(key, on_page(colour))
    for key in NUMBERS:
        if key in element.attrib:
            element.set(key, _short(element.get(key)))
    if element.tag not in (f"{SVG}text", f"{SVG}tspan"):
        element.text = None
    element.tail = None
    if element.tag == f"{SVG}text" and len(element):
        element.text = None


def _rename(root: ET.Element, prefix: str) -> None:
    """Make ids the book's own, and every reference to them; drop those that nothing refers to."""
    there, wanted = {element.get("id") for element in root.iter()}, set()
    for element in root.iter():
        if (link := element.attrib.pop(f"{XLINK}href", None)) is not None:
            if not link.startswith("#"):
                raise FigureError(
                    f"the figure links to {link}; leave the url out, and write the link in the caption",
                    "set_url",
                    "url",
                    "urls",
                )
            element.set("href", f"#{prefix}-{link[1:]}")
            wanted.add(link[1:])
        for key, value in element.attrib.items():
            wanted.update(REFERENCE.findall(value))
            element.set(key, REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    if missing := sorted(wanted - there):
        raise FigureError(f"the drawing refers to #{missing[0]}, which it does not hold")
    for element in root.iter():
        if (identity := element.attrib.pop("id", None)) in wanted:
            element.set("id", f"{prefix}-{identity}")


def _short(numbers: str) -> str:
    """Return a list of coordinates with at most two decimals and single spaces."""
    text = re.sub(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-\d+", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), numbers)
    return " ".join(re.sub(r"(?<![\d.])-0(?![\d.])", "0", text).split())


def _unwrap(root: ET.Element) -> None:
    """Drop groups and transforms that do nothing, innermost first."""
    for parent in reversed(list(root.iter())):
        for index, child in reversed(list(enumerate(parent))):
            if re.fullmatch(r"rotate\(0 \S+ \S+\)", child.get("transform", "")):
                del child.attrib["transform"]
            if child.tag in (f"{SVG}g", f"{SVG}defs") and not child.attrib and (child.tag == f"{SVG}g" or not len(child)):
                parent[index : index + 1] = list(child)
            elif child.tag == f"{SVG}path" and not child.get("d"):
                del parent[index]


def _gather(root: ET.Element) -> None:
    """Say once for neighbouring marks where they are cut off, and what colours they have."""
    groups = f"{SVG}g"
    for parent in list(root.iter()):
        before = None
        for child in list(parent):
            if before is not None and before.tag == child.tag == groups and before.attrib == child.attrib == _clip(child):
                before.extend(child)
                parent.remove(child)
            else:
                before = child
    for group in (group for group in root.iter(groups) if len(group) > 1 and {mark.tag for mark in group} == {f"{SVG}use"}):
        for key in [key for key in group[0].attrib if INHERITED.fullmatch(key)]:
            if key not in group.attrib and len({mark.get(key) for mark in group}) == 1:
                group.set(key, group[0].get(key))
                for mark in group:
                    del mark.attrib[key]


def _clip(element: ET.Element) -> dict[str, str | None]:
    return {"clip-path": element.get("clip-path")}
