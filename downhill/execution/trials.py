"""The runs of all frozen races as points, a rate and a score each: for a page, and as its drawing where there is no script.

`read` has of each race {method: its schedule, the rate that was chosen, the search as [rate, score, score, ...], and the
scores of the fresh seeds at the chosen rate}. The drawing is the first that docs/theme/explorables/trials.js makes of the same
numbers: a test compares the two.
"""

import json
import math
import xml.etree.ElementTree as ET
from pathlib import Path

from downhill.manuscript import files
from downhill.manuscript.packing import unpack

NAME, RACE = "trials.json", "race_"
FRESH = 100  # seeds from this one on had no part in the search (experiments/_protocol.py)
LEFT, TOP, WIDTH, HEIGHT = 40, 6, 299, 214  # of the panel
LOOKS = {  # of a method: its colour, and the dashes of the line through its means
    "sgd": ("var(--fig-1)", "none"),
    "momentum": ("var(--fig-2)", "6 2"),
    "nag": ("var(--fig-3)", "2 2"),
    "rmsprop": ("currentColor", "6 2 1 2"),
    "adam": ("var(--fig-4)", "none"),
    "adamw": ("var(--fig-5)", "6 2"),
    "lion": ("currentColor", "1 2"),
    "schedule_free": ("var(--fig-mid)", "9 3"),
    "muon": ("var(--fig-6)", "4 1.5"),
}
TICKS = {"error": [1, 2, 3, 5, 10, 20, 50, 100], "bits": [2.5, 3, 4, 5, 6, 7, 8, 9]}
MARGIN = 0.04  # of a panel, beside its outermost points


def read(root: Path) -> dict:
    """Return the runs of the races that are frozen below a book's root."""
    found = {}
    for file in files.below(root / "data" / "experiments", f"{RACE}*.json"):
        if file.parent.name == "experiments":  # those of other devices are not mixed with them
            found[file.stem.removeprefix(RACE)] = _race(json.loads(files.text(file)))
    return found


def _race(frozen: dict) -> dict:
    values = {key: unpack(value) for key, value in frozen["values"].items() if key in ("schedule", "best")}
    methods = {}
    for case, result in frozen["results"]:
        name = case["method"]
        schedule, score = values["schedule"][name], round(unpack(result)["test"], 3)
        about = methods.setdefault(
            name, {"schedule": schedule, "best": values["best"][name, schedule], "search": {}, "fresh": []}
        )
        if case["seed"] < FRESH:
            about["search"].setdefault(case["lr"], []).append(score)
        else:
            about["fresh"].append(score)
    for about in methods.values():
        about["search"] = [[lr, *scores] for lr, scores in sorted(about["search"].items())]
    return methods


def packed(root: Path) -> bytes:
    """Return what `read` does, as it is loaded by a page."""
    return json.dumps(read(root), separators=(",", ":")).encode()


# --- the drawing: the same numbers of the same operations as in numerics/trials.js ---


def bounds(methods: dict) -> tuple[list[float], list[float]]:
    """Return the least and the largest rate and score of a race, with a margin; both axes are logarithmic."""
    search = [row for about in methods.values() for row in about["search"]]
    scores = [score for _, *scores in search for score in scores] + [score for m in methods.values() for score in m["fresh"]]
    return _wider([row[0] for row in search]), _wider(scores)


def _wider(numbers: list[float]) -> list[float]:
    low, high = min(numbers), max(numbers)
    margin = (high / low) ** MARGIN
    return [low / margin, high * margin]


def still(svg: ET.Element, methods: dict, kind: str, words: dict[str, str]) -> None:
    """Draw a race into an empty element, with the words of a page: those of its axes, and the names of its methods."""
    x, y = bounds(methods)
    across, up = _scale(x, LEFT, LEFT + WIDTH), _scale(y, TOP + HEIGHT, TOP)
    bottom, right = TOP + HEIGHT, LEFT + WIDTH
    powers = range(math.ceil(math.log10(x[0])), math.floor(math.log10(x[1])) + 1)
    xs, ys = [(across(10.0**k), k) for k in powers], [(up(tick), tick) for tick in TICKS[kind] if y[0] <= tick <= y[1]]
    grid = "".join(f"M{at:g} {TOP}V{bottom}" for at, _ in xs) + "".join(f"M{LEFT} {at:g}H{right}" for at, _ in ys)
    ends = "".join(f"M{at:g} {bottom}v3.5" for at, _ in xs) + "".join(f"M{LEFT} {at:g}h-3.5" for at, _ in ys)
    _path(svg, d=grid, stroke="var(--fig-grid)", width=0.6)
    _path(svg, d=f"M{LEFT} {TOP}V{bottom}H{right}{ends}", stroke="currentColor", width=0.8)
    for at, k in xs:
        _text(svg, at, bottom + 14.5, _power(k), "middle")
    for at, tick in ys:
        _text(svg, LEFT - 7, round(at + 3.6, 1), f"{tick:g}", "end")
    _text(svg, LEFT + WIDTH / 2, bottom + 29, words["rate"], "middle")
    _text(svg, 0, 0, words[kind], "middle").set("transform", f"translate({LEFT - 28} {TOP + HEIGHT / 2:g}) rotate(-90)")
    for i, (name, about) in enumerate(methods.items()):
        colour, dashes = LOOKS[name]
        line, dots, chosen = marks(about, across, up)
        _path(svg, d=line, stroke=colour, width=1.2).set("stroke-dasharray", dashes)
        _path(svg, d=dots, stroke=colour, width=3.2)
        _path(svg, d=chosen, stroke=colour, width=7)
        left, top = LEFT + i % 2 * 150, bottom + 48 + i // 2 * 15
        _path(svg, d=f"M{left - 6} {top}h22", stroke=colour, width=1.6).set("stroke-dasharray", dashes)
        _text(svg, left + 21, round(top + 3.6, 1), words[name], "start")


def marks(about: dict, across, up) -> list[str]:
    """Return the line through a method's means, the dots of its runs, and that of the chosen rate, as `d` of paths."""
    means = [(lr, math.prod(scores) ** (1 / len(scores))) for lr, *scores in about["search"]]
    runs = [(lr, score) for lr, *scores in about["search"] for score in scores] + [(about["best"], s) for s in about["fresh"]]
    chosen = [(about["best"], math.prod(about["fresh"]) ** (1 / len(about["fresh"])))]
    line = "".join(f"{'L' if i else 'M'}{across(x):g} {up(y):g}" for i, (x, y) in enumerate(means))
    return [line, *("".join(f"M{across(x):g} {up(y):g}h.01" for x, y in points) for points in (runs, chosen))]


def _scale(ends: list[float], start: float, end: float):
    low, high = map(math.log10, ends)
    unit = (end - start) / (high - low)
    return lambda value: math.floor((start + (math.log10(value) - low) * unit) * 10 + 0.5) / 10


def _power(k: int) -> str:
    return f"{10.0**k:g}" if -4 <= k < 5 else "10" + str(k).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _path(svg: ET.Element, d: str, stroke: str, width: float) -> ET.Element:
    look = {"fill": "none", "stroke": stroke, "stroke-width": f"{width:g}", "stroke-linecap": "round"}
    return ET.SubElement(svg, "path", look | {"d": d})


def _text(svg: ET.Element, x: float, y: float, words: str, anchor: str) -> ET.Element:
    look = {"x": f"{x:g}", "y": f"{y:g}", "font-size": "10px", "fill": "currentColor", "text-anchor": anchor}
    text = ET.SubElement(svg, "text", look)
    text.text = words
    return text
