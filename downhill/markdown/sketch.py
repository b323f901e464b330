"""A figure's drawing made small: its curves, level lines, and marks, without axes and words, in few bytes and without ids."""

import math
import re
import xml.etree.ElementTree as ET

import numpy as np

from downhill.execution.paths import DOTS

SVG = "{http://www.w3.org/2000/svg}"
CLIP = re.compile(r"url\(#([^)]+)\)")
WIDTH = 400  # of a sketch, in its own units, which are whole numbers
THIN, SERIES = 1.2, 3.0  # the thinnest line, and the thinnest one of a series, in these units
NEAR, FLUSH = 0.8, 0.3  # how far a simplified line may lie from the drawn one, and the edge of an area, which meets another one
DOT = 7  # the size of a round mark, in points
BEND = 4  # pieces of a curve between two points of the drawing
PIECE = re.compile(r"([Mmlhvqcz])([^a-zA-Z]*)")  # of a path as execution/paths.py writes it: relative but for the first point
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
KEPT = ("fill", "fill-opacity", "stroke", "stroke-opacity", "opacity")
Point = tuple[float, float]


def sketch(svg: str) -> str:
    """Return the sketch of a drawing as a page has it: each of its panels as it lies in it."""
    root = ET.fromstring(svg)
    marks = {element.get("id"): element for element in root.iter(f"{SVG}path") if element.get("id")}
    panels = {
        clip.get("id"): [float(clip[0].get(key)) for key in ("x", "y", "width", "height")]
        for clip in root.iter(f"{SVG}clipPath")
    }
    if not panels:
        return ""
    left, top = (min(box[side] for box in panels.values()) for side in (0, 1))
    right, bottom = (max(box[side] + box[side + 2] for box in panels.values()) for side in (0, 1))
    scale = WIDTH / (right - left)
    inner = [_panel(_drawn(root, name), box, (left, top), scale, marks) for name, box in panels.items()]
    return f'<svg viewBox="0 0 {WIDTH} {round((bottom - top) * scale)}" aria-hidden="true">{"".join(inner)}</svg>'


def _drawn(root: ET.Element, panel: str) -> list[ET.Element]:
    """Return what is drawn in a panel, but for its grid: what is cut off at its edges."""
    found = [element for element in root.iter() if CLIP.findall(element.get("clip-path", "")) == [panel]]
    return [element for element in found if element.get("stroke") != "var(--fig-grid)"]


def _panel(drawn: list[ET.Element], box: list[float], origin: Point, scale: float, marks: dict[str, ET.Element]) -> str:
    """Return a panel: an svg of its own, which cuts off what lies outside."""
    x, y, width, height = (round(scale * value) for value in (box[0] - origin[0], box[1] - origin[1], *box[2:]))
    paths = [element for element in drawn if element.tag == f"{SVG}path"]
    lines = {element.get("stroke") for element in paths if not DOTS.fullmatch(element.get("d"))}
    parts = []
    for element in drawn:
        if element in paths and not DOTS.fullmatch(element.get("d")):
            parts.append(_curve(element, box, scale))
        elif len(element) == 1 or element.get("stroke") not in lines:  # marks on a line say nothing more
            parts.append((_dots if element in paths else _marks)(element, box, scale, marks))
    return f'<svg x="{x}" y="{y}" width="{width}" height="{height}">{"".join(parts)}</svg>'


def _look(element: ET.Element, **more: str) -> str:
    """Return the attributes of an element that say how it looks; what is black or unfilled by itself is not said."""
    look = {key: element.get(key) for key in KEPT if element.get(key)} | more
    return "".join(f' {key.replace("_", "-")}="{value}"' for key, value in look.items())


def _curve(element: ET.Element, box: list[float], scale: float) -> str:
    """Return a line or an area, simplified."""
    d, more, stroke = "", {}, element.get("stroke", "none")
    for line, closed in _lines(element.get("d")):
        points = [((x - box[0]) * scale, (y - box[1]) * scale) for x, y in line]
        d += _path(simplified(points, FLUSH if stroke == "none" else NEAR), closed)
    if not d:
        return ""
    if stroke != "none":
        least = SERIES if re.match(r"var\(--fig-\d", stroke) else THIN
        more["stroke_width"] = f"{max(least, scale * float(element.get('stroke-width', 1))):.1f}".removesuffix(".0")
        if dashes := element.get("stroke-dasharray"):
            more["stroke_dasharray"] = " ".join(str(round(scale * float(part))) for part in re.split(r"[\s,]+", dashes))
    return f'<path{_look(element, **more)} d="{d}"/>'


def _dots(element: ET.Element, box: list[float], scale: float, _: dict[str, ET.Element]) -> str:
    """Return round marks that are drawn as one path."""
    places = [line[0] for line, _ in _lines(element.get("d"))]
    d = "".join(f"M{round((x - box[0]) * scale)} {round((y - box[1]) * scale)}h0" for x, y in places)
    return f'<path{_look(element, stroke_width=str(round(scale * float(element.get("stroke-width")))))} d="{d}"/>'


def _marks(group: ET.Element, box: list[float], scale: float, marks: dict[str, ET.Element]) -> str:
    """Return marks of one kind: a round one as the end of a line without length, another one, or an area, as it is."""
    uses, dots, shapes = list(group.iter(f"{SVG}use")), "", ""
    for use in uses:
        x, y = ((float(use.get(key)) - box[side]) * scale for side, key in enumerate("xy"))
        d = marks[use.get("href")[1:]].get("d")
        if "c" in d:
            dots += f"M{round(x)} {round(y)}h0"
            continue
        for line, _ in _lines(d):
            shapes += _path(simplified([(x + a * scale, y + b * scale) for a, b in line], FLUSH), True)
    look = {key: uses[0].get(key) or group.get(key) for key in ("stroke", "fill", "fill-opacity")} if uses else {}
    colour = look.get("stroke") or look.get("fill") or "currentColor"
    opacity = f' fill-opacity="{look["fill-opacity"]}"' if look.get("fill-opacity") else ""
    drawn = f'<path stroke="{colour}" stroke-width="{round(DOT * scale)}" d="{dots}"/>' if dots else ""
    return drawn + (f'<path fill="{colour}"{opacity} d="{shapes}"/>' if shapes else "")


def _lines(d: str) -> list[tuple[list[Point], bool]]:
    """Return the lines of a path, each with whether it is closed; a curve becomes the points of a line.

    >>> _lines("M1 1l4-.5.5.5zm-1-1v3q4 0 4 4")[0], _lines("M1 1zm-1-1v3q4 0 4 4")[0][0][-1]
    (([(1.0, 1.0), (5.0, 0.5), (5.5, 1.0)], True), (4.0, 7.0))
    >>> [line for line, _ in _lines("M1 2h.5m3 0v3")]
    [[(1.0, 2.0), (1.5, 2.0)], [(4.5, 2.0), (4.5, 5.0)]]
    >>> _lines("M1 2a1 2 3")
    Traceback (most recent call last):
    ...
    ValueError: a path has a part that no sketch knows: a1 2 3
    """
    if left := PIECE.sub("", d):
        raise ValueError(f"a path has a part that no sketch knows: {left[:20]}")
    found: list[tuple[list[Point], bool]] = []
    for letter, said in PIECE.findall(d):
        numbers = [float(number) for number in NUMBER.findall(said)]
        if letter == "z":
            found[-1] = (found[-1][0], True)
            continue
        if letter in "hv":
            numbers = [n for number in numbers for n in ((number, 0.0) if letter == "h" else (0.0, number))]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter in "Mm":
            line, closed = found[-1] if found else ([(0.0, 0.0)], False)
            (x, y), (dx, dy) = line[0 if closed else -1], points[0]
            found.append(([(x + dx, y + dy)], False))
            continue
        size = {"q": 2, "c": 3}.get(letter, 1)
        for place in range(0, len(points), size):
            line = found[-1][0]
            corners = [line[-1], *((line[-1][0] + x, line[-1][1] + y) for x, y in points[place : place + size])]
            line.extend(_bent(corners) if size > 1 else corners[1:])
    return [(points, closed) for points, closed in found if len(points) > 1]


def _bent(corners: list[Point]) -> list[Point]:
    """Return points of a Bézier curve with these corners, without its first one."""
    degree = len(corners) - 1
    weights = [
        [math.comb(degree, i) * (k / BEND) ** i * (1 - k / BEND) ** (degree - i) for i in range(degree + 1)]
        for k in range(1, BEND + 1)
    ]
    return [
        tuple(sum(weight * corner[side] for weight, corner in zip(row, corners, strict=True)) for side in (0, 1))
        for row in weights
    ]


def simplified(points: list[Point], near: float) -> list[Point]:
    """Return the points of a line without those that lie near the line between others (Douglas and Peucker).

    >>> simplified([(0, 0), (10, 0.5), (20, 0), (20, 30)], near=0.8)
    [(0, 0), (20, 0), (20, 30)]
    """
    places = np.array(points)
    kept, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        distances = _distances(places[first + 1 : last], places[first], places[last])
        if len(distances) and distances.max() > near**2:
            middle = first + 1 + int(distances.argmax())
            kept.add(middle)
            todo += [(first, middle), (middle, last)]
    return [points[i] for i in sorted(kept)]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the square of how far each point, a row, is from the piece of a line."""
    (x, y), (dx, dy) = (points - start).T, end - start  # sums by hand: a product of matrices is rounded as the processor likes
    along = np.clip((x * dx + y * dy) / (dx * dx + dy * dy), 0, 1) if dx or dy else 0
    return (x - along * dx) ** 2 + (y - along * dy) ** 2


def _path(points: list[Point], closed: bool) -> str:
    """Return a line as a path in whole numbers, each point relative to the one before."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(whole, whole[1:], strict=False) if a != b]
    if not steps:
        return ""
    body = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{body}{'z' if closed else ''}"
