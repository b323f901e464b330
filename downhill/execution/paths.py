"""The lines of a drawing in few characters: equal marks, ticks, and the lines of a grid as one path each, numbers relative."""

import math
import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import islice

SVG = "{http://www.w3.org/2000/svg}"
TOKEN = re.compile(r"[MLCQz]|-?[\d.]+")
COUNTS = {"M": 2, "L": 2, "C": 6, "Q": 4, "z": 0}  # of the numbers after each of matplotlib's letters
LONG = 12  # points of a line, from which on a twentieth of a point is as near as anybody sees
DOT = 0.01  # the length of a line that is a dot; one of no length is not drawn on a canvas
DOTS = re.compile(r"(?:[Mm]-?[\d.]+[ -]*[\d.]+h\.01)+")  # round marks, as they are written
FURNITURE = ("var(--fig-grid)", "currentColor")  # colours of the lines and ticks of axes, which cross nothing but each other
PLACED = {"x", "y", "href"}
HIDES = ("opacity", "fill-opacity", "stroke-opacity")  # marks that are seen through look otherwise when drawn at once

Path = list[tuple[str, list[float]]]


def shorten(root: ET.Element, ink: str) -> None:
    """Draw the same in fewer characters; what says no colour is drawn in that of the ink."""
    shapes = {f"#{shape.get('id')}": shape for shape in root.iter(f"{SVG}path") if shape.get("id")}
    for parent in list(root.iter()):
        _join_marks(parent, shapes)
        _tick(parent, shapes)
    for parent in list(root.iter()):
        _join_lines(parent)
    _drop_unused(root)
    _inherit(root, ink)
    for text in root.iter(f"{SVG}text"):
        _join_signs(text)
    for element in root.iter(f"{SVG}path"):
        element.set("d", write(read(element.get("d"))))


def read(text: str) -> Path:
    """Return the parts of a path that matplotlib wrote, as (letter, numbers)."""
    tokens, parts = iter(TOKEN.findall(text)), []
    for letter in tokens:
        parts.append((letter, [float(number) for number in islice(tokens, COUNTS[letter])]))
    return parts


def write(parts: Path) -> str:
    """Return a path with numbers relative to the point before, in hundredths, or in tenths where the lines are long.

    >>> write([("M", [1, 2]), ("L", [1.5, 2]), ("L", [1.25, 3]), ("L", [1, 2]), ("z", []), ("M", [4, 2]), ("L", [4, 5])])
    'M1 2h.5l-.25 1-.25-1zm3 0v3'
    """
    digits = 1 if len(parts) > LONG * sum(letter == "M" for letter, _ in parts) else 2
    said, before, last, here, start = [], "", "", (0, 0), (0, 0)
    for letter, numbers in parts:
        grid = [round(number * 10**digits) for number in numbers]
        if letter == "z":
            said.append("z")
            before, last, here = "z", "", start
            continue
        steps = [number - here[place % 2] for place, number in enumerate(grid)]
        sign = letter.lower() if said else letter
        if sign == "l" and 0 in steps:
            sign, steps = ("h", steps[:1]) if steps[1] == 0 else ("v", steps[1:])
        here = (grid[-2], grid[-1])
        if letter == "M":
            start = here
        if sign != before or sign == "m":
            said.append(sign)
            last = ""
        for number in (_number(step, digits) for step in steps):
            said.append(f" {number}" if _one(last, number) else number)
            last = number
        before = sign
    return "".join(said)


def _number(steps: int, digits: int) -> str:
    text = f"{abs(steps) / 10**digits:.{digits}f}".rstrip("0").rstrip(".")
    return ("-" if steps < 0 else "") + (text.lstrip("0") or "0")


def _one(last: str, number: str) -> bool:
    """Return whether a number would be read as one with the number that stands before it, if one does."""
    return bool(last) and not number.startswith("-") and not (number.startswith(".") and "." in last)


def _moved(shape: Path, x: float, y: float) -> Path:
    return [(letter, [n + (y if place % 2 else x) for place, n in enumerate(numbers)]) for letter, numbers in shape]


def _text(parts: Path) -> str:
    return " ".join(" ".join([letter, *(f"{number:.4f}" for number in numbers)]) for letter, numbers in parts)


def _join_marks(group: ET.Element, shapes: dict[str, ET.Element]) -> None:
    """Draw a group of equal marks of one colour that hides what is below as one path."""
    if group.tag != f"{SVG}g" or len(group) < 2 or any(mark.tag != f"{SVG}use" or set(mark.attrib) != PLACED for mark in group):
        return
    shape = shapes.get(group[0].get("href"))
    if shape is None or len({mark.get("href") for mark in group}) > 1:
        return
    style = {key: value for key, value in (group.attrib | shape.attrib).items() if key not in ("d", "id", "clip-path")}
    if any(key in HIDES for key in style) or style.get("stroke") not in (style.get("fill"), None):
        return
    drawn, radius = read(shape.get("d")), _radius(read(shape.get("d")))
    if radius:
        width = float(style.pop("stroke-width", 1)) if "stroke" in style else 0
        style = {"fill": "none", "stroke": style["fill"], "stroke-width": f"{2 * radius + width:g}", "stroke-linecap": "round"}
        drawn = [("M", [0, 0]), ("L", [DOT, 0])]
    places = [(float(mark.get("x")), float(mark.get("y"))) for mark in group]
    text = " ".join(_text(_moved(drawn, x, y)) for x, y in places)
    clip = {key: value for key, value in group.attrib.items() if key == "clip-path"}
    group.tag, group.attrib, group[:] = f"{SVG}path", {"d": text} | clip | style, []


def _radius(shape: Path) -> float:
    """Return the radius of a circle around the origin; 0 of another shape."""
    ends = [math.hypot(*numbers[-2:]) for _, numbers in shape if numbers]
    if [letter for letter, _ in shape] != ["M", *"CCCCCCCC", "z"] or max(ends) - min(ends) > 0.02:
        return 0
    return ends[0]


def _tick(parent: ET.Element, shapes: dict[str, ET.Element]) -> None:
    """Draw a tick, a mark that is a line, as a line."""
    for index, mark in enumerate(parent):
        shape = shapes.get(mark.get("href", "")) if mark.tag == f"{SVG}use" else None
        drawn = [] if shape is None else read(shape.get("d"))
        if [letter for letter, _ in drawn] != ["M", "L"]:
            continue
        style = {key: value for key, value in (mark.attrib | shape.attrib).items() if key not in (*PLACED, "d", "id")}
        text = _text(_moved(drawn, float(mark.get("x")), float(mark.get("y"))))
        parent[index] = ET.Element(f"{SVG}path", {"d": text} | style | {"fill": "none"})


def _join_lines(parent: ET.Element) -> None:
    """Draw the lines of one grid, the ticks of one axis, and what frames it, as one path each."""
    joined: dict[tuple, ET.Element] = {}
    for child in list(parent):
        if child.tag == f"{SVG}path" and _is_furniture(child):
            look = tuple(sorted((key, value) for key, value in child.attrib.items() if key != "d"))
            first = joined.setdefault(look, child)
            if first is not child:
                first.set("d", f"{first.get('d')} {child.get('d')}")
                parent.remove(child)
        elif child.tag not in (f"{SVG}text", f"{SVG}defs"):
            joined = {}


def _is_furniture(path: ET.Element) -> bool:
    lines = [letter for letter, _ in read(path.get("d"))] == ["M", "L"]
    return lines and path.get("stroke") in FURNITURE and not any(key in HIDES for key in path.attrib)


def _inherit(element: ET.Element, fill: str) -> None:
    """Leave out the ground colours that a group around gives already."""
    if element.get("fill") == fill:
        del element.attrib["fill"]
    for child in element:
        if child.tag != f"{SVG}defs":  # what is used has the colours of where it is used
            _inherit(child, element.get("fill", fill))


def _join_signs(text: ET.Element) -> None:
    """Say once for neighbouring signs of a formula how they look; each keeps its place."""
    before = None
    for sign in list(text):
        if before is not None and before.attrib | {"x": ""} == sign.attrib | {"x": ""}:
            before.set("x", f"{before.get('x')} {sign.get('x')}")
            before.text += sign.text
            text.remove(sign)
        else:
            before = sign


def _drop_unused(root: ET.Element) -> None:
    """Drop shapes that nothing uses any more, what has neither ground nor line, and the definitions and groups of nothing."""
    used = Counter(value for element in root.iter() for value in _references(element))
    for parent in reversed(list(root.iter())):
        for child in list(parent):
            unused = child.get("id") and not used[child.get("id")]
            unseen = (
                child.tag == f"{SVG}path" and not child.get("id") and child.get("fill") == "none" and not child.get("stroke")
            )
            empty = child.tag in (f"{SVG}defs", f"{SVG}g") and not len(child)
            if empty or child.tag == f"{SVG}path" and (unused or unseen and parent.tag not in (f"{SVG}defs", f"{SVG}clipPath")):
                parent.remove(child)


def _references(element: ET.Element) -> list[str]:
    return re.findall(r"#([\w-]+)", " ".join(element.get(key, "") for key in ("href", "clip-path", "fill", "stroke")))
