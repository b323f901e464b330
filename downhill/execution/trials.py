"""The runs of the frozen races, and of the schedules beside them, as drawings: for a page, and where there is no script.

`read` has the runs of each model by method and schedule. `sheet` lays them out: the elements around them, and each series in
tenths of the drawing's units. From there on docs/theme/explorables/trials.js does what `still` does: it puts marks in places.
"""

import json
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from downhill import BookError
from downhill.manuscript import files
from downhill.manuscript.packing import unpack

NAME = "trials.json"
FRESH = 100  # seeds from this one on had no part in the search (experiments/_protocol.py)
LEFT, TOP, WIDTH, HEIGHT = 40, 6, 299, 214  # of the panel
BOTTOM, RIGHT = TOP + HEIGHT, LEFT + WIDTH
MARGIN = 0.04  # of the panel, beside its outermost runs
LINES = {  # of a method: its colour, and the dashes of its lines
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
MARKS = {  # of a schedule: the mark of a run and that of a mean, and the widths of their lines
    "cosine": (("h.01", 3.2), ("h.01", 7)),
    "constant": (("m-1.9-1.9h3.8v3.8h-3.8z", 0.9), ("m-3.6-3.6h7.2v7.2h-7.2z", 1.6)),
    "linear": (("m-2.4 0h4.8m-2.4-2.4v4.8", 1), ("m-4.6 0h9.2m-4.6-4.6v9.2", 2)),
    "wsd": (("m0-2.4l2.2 3.9h-4.4z", 0.9), ("m0-4.6l4.2 7.4h-8.4z", 1.6)),
}
BITS = ("zipf", "transformer")  # the models that are judged by bits; the others are by errors in %
TICKS = {"error": (1, 2, 3, 5, 10, 20, 50, 100), "bits": (2.5, 3, 4, 5, 6, 7, 8, 9)}
DIGITS = {"error": 2, "bits": 3}
WORDS = {*LINES, *MARKS, *TICKS, "rate"}  # the keys of those that stand on the drawings; the other texts are numbers
KEYS = ("method", "schedule", "race", "search", "fresh", "mean", "rate", "score")  # of a series that is drawn
LOOK = {"fill": "currentColor", "stroke-linecap": "round", "font-size": "10px"}  # of all, where nothing else is said


@dataclass
class Series:
    """The test scores of a method under a schedule, by rate and seed; the rate and the mean ± that pages tell of it."""

    rate: float
    score: tuple[float, float]
    race: bool = False  # whether this is the method's schedule in the race
    runs: dict[tuple[float, int], float] = field(default_factory=dict)

    def columns(self, fresh: bool) -> dict[float, list[float]]:
        """Return the scores of each rate, of the search or of the fresh seeds."""
        found: dict[float, list[float]] = {}
        for (rate, seed), score in sorted(self.runs.items()):
            if (seed >= FRESH) == fresh:
                found.setdefault(rate, []).append(score)
        return found


def read(root: Path) -> dict[str, dict[tuple[str, str], Series]]:
    """Return the series of each model whose race is frozen below a book's root.

    What runs under its own schedules is told as there, with all of its seeds, else as in the race. Where no constant rate was
    searched for, the rate is the race's, kept.
    """
    found: dict[str, dict[tuple[str, str], Series]] = {}

    def add(model: str, case: dict, score: float, rate: float, told: tuple[float, float]) -> Series:
        pair = case["method"], case["schedule"]
        series = found.setdefault(model, {}).setdefault(pair, Series(rate, told))
        series.runs[case["lr"], case["seed"]] = score
        return series

    for model, case, score, told in _results(root, "schedules_*"):
        pair = f"{case['method']}, {case['schedule']}"
        add(model, case, score, told["best"][pair, case["schedule"]], told["score"][pair])
    for model, case, score, told in _results(root, "race_*"):
        method = case["method"]
        add(model, case, score, told["best"][method, case["schedule"]], told["score"][method]).race = True
    for _, case, score, told in _results(root, "steady"):
        model, kept = case["model"], {"schedule": "constant", **case}
        add(model, kept, score, case["lr"], told["score"][model, case["method"]])
    return found


def _results(root: Path, name: str) -> Iterator[tuple[str, dict, float, dict]]:
    """Yield what is frozen of an experiment: a model, a case, its test score, and the values that are told of all."""
    for file in files.below(root / "data" / "experiments", f"{name}.json"):
        if file.parent.name == "experiments":  # those of other devices are not mixed with them
            frozen = json.loads(files.text(file))
            told = {key: unpack(frozen["values"][key]) for key in ("best", "score") if key in frozen["values"]}
            for case, result in frozen["results"]:
                yield file.stem.partition("_")[2], case, unpack(result)["test"], told


def sheet(root: Path) -> dict:
    """Return how all of it is drawn: looks, names, and of each model its frame and its series."""
    races = {model: _race(model, found) for model, found in read(root).items()}
    return {"look": LOOK, "lines": LINES, "marks": MARKS, "names": dict(_names()), "races": races}


def packed(root: Path) -> bytes:
    """Return what `sheet` does, as it is loaded by a page: a series as a list, whose keys are told once."""
    drawn = sheet(root) | {"keys": KEYS}
    for race in drawn["races"].values():
        race["series"] = [[*series.values()] for series in race["series"]]
    return json.dumps(drawn, separators=(",", ":"), ensure_ascii=False).encode()


def _race(model: str, found: dict[tuple[str, str], Series]) -> dict:
    """Return a model's frame and its series; both axes are logarithmic."""
    kind = "bits" if model in BITS else "error"
    every = [(rate, score) for series in found.values() for (rate, _), score in series.runs.items()]
    x, y = _wider([rate for rate, _ in every]), _wider([score for _, score in every])
    across, up = _scale(x, LEFT, RIGHT), _scale(y, BOTTOM, TOP)
    order = [(method, schedule) for method in LINES for schedule in MARKS if (method, schedule) in found]
    return {
        "frame": list(_frame(kind, x, y, across, up)),
        "series": [_series(pair, found[pair], across, up, DIGITS[kind]) for pair in order],
    }


def _series(pair: tuple[str, str], series: Series, across, up, digits: int) -> dict:
    mean, half = series.score
    search, fresh = (
        [[across(rate), *map(up, scores)] for rate, scores in series.columns(fresh).items()] for fresh in (False, True)
    )
    score = f"{mean:.{digits}f} ± {half:.{digits}f}"
    parts = *pair, int(series.race), search, fresh, [across(series.rate), up(mean)], series.rate, score
    return dict(zip(KEYS, parts, strict=True))


def _frame(kind: str, x: list[float], y: list[float], across, up) -> Iterator[list]:
    """Yield the elements of a panel: [tag, attributes], and of a text its words or their key."""
    powers = range(math.ceil(math.log10(x[0])), math.floor(math.log10(x[1])) + 1)
    xs = [(across(10.0**k) / 10, k) for k in powers]
    ys = [(up(tick) / 10, tick) for tick in TICKS[kind] if y[0] <= tick <= y[1]]
    grid = "".join(f"M{at:g} {TOP}V{BOTTOM}" for at, _ in xs) + "".join(f"M{LEFT} {at:g}H{RIGHT}" for at, _ in ys)
    ends = "".join(f"M{at:g} {BOTTOM}v3.5" for at, _ in xs) + "".join(f"M{LEFT} {at:g}h-3.5" for at, _ in ys)
    yield _path(grid, "var(--fig-grid)", 0.6)
    yield _path(f"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}{ends}", "currentColor", 0.8)
    for at, k in xs:
        yield _text(at, BOTTOM + 14.5, _power(k), "middle")
    for at, tick in ys:
        yield _text(LEFT - 7, at + 3.6, f"{tick:g}", "end")
    yield _text(LEFT + WIDTH / 2, BOTTOM + 29, "rate", "middle")
    tag, look, words = _text(0, 0, kind, "middle")
    yield [tag, look | {"transform": f"translate({LEFT - 28} {TOP + HEIGHT / 2:g}) rotate(-90)"}, words]


def _names() -> Iterator[tuple[str, list]]:
    """Yield each method and schedule with what stands for it below a panel: its look and its name, in two columns."""
    for place, (name, (colour, dashes)) in enumerate(LINES.items()):
        left, down = LEFT + place % 2 * 150, BOTTOM + 48 + place // 2 * 15
        tag, look = _path(f"M{left - 6} {down}h22", colour, 1.6)
        yield name, [[tag, look | {"stroke-dasharray": dashes}], _text(left + 21, down + 3.6, name, "start")]
    for place, (name, (_, (mark, width))) in enumerate(MARKS.items()):
        left, down = LEFT + place % 2 * 150, BOTTOM + 128 + place // 2 * 15
        yield name, [_path(f"M{left + 5} {down}{mark}", "currentColor", width), _text(left + 21, down + 3.6, name, "start")]


def still(svg: ET.Element, drawn: dict, model: str, words: dict[str, str]) -> None:
    """Draw a model's race from a sheet into an empty element, with the words of a page."""
    race, whole = drawn["races"][model], _element(svg, "g", drawn["look"])
    shown = [series for series in race["series"] if series["race"]]
    named = {series[key] for series in shown for key in ("method", "schedule")}
    names = [part for name, parts in drawn["names"].items() if name in named for part in parts]
    for tag, look, *said in (*race["frame"], *names):
        if said and said[0] in WORDS - words.keys():
            raise BookError(f"the drawing of the runs lacks the words {said[0]}; write “- `{said[0]}`: …”")
        _element(whole, tag, look).text = words.get(said[0], said[0]) if said else None
    for series in shown:
        colour, dashes = drawn["lines"][series["method"]]
        group = _element(whole, "g", {"fill": "none", "stroke": colour})
        for look in paths(series, dashes, drawn["marks"][series["schedule"]]):
            _element(group, "path", look)


def paths(series: dict, dashes: str, marks) -> list[dict]:
    """Return the paths of a series: the line through the middles of its search, a mark a run, and a large one for the mean."""
    (small, thin), (large, thick) = marks
    means = [(x, sum(ys) / len(ys)) for x, *ys in series["search"]]
    runs = [(x, y) for x, *ys in (*series["search"], *series["fresh"]) for y in ys]
    return [
        {"d": "".join(f"{'L' if i else 'M'}{_place(*at)}" for i, at in enumerate(means)), "stroke-width": 1.2}
        | {"stroke-dasharray": dashes},
        {"d": "".join(f"M{_place(*at)}{small}" for at in runs), "stroke-width": thin},
        {"d": f"M{_place(*series['mean'])}{large}", "stroke-width": thick},
    ]


def _place(x: float, y: float) -> str:
    return f"{x / 10:g} {y / 10:g}"


def _wider(numbers: list[float]) -> list[float]:
    low, high = min(numbers), max(numbers)
    margin = (high / low) ** MARGIN
    return [low / margin, high * margin]


def _scale(ends: list[float], start: float, end: float):
    """Return a function from numbers to tenths of the drawing's units, to the nearest half unit: a page has less to load."""
    low, high = map(math.log10, ends)
    unit = (end - start) / (high - low)
    return lambda value: math.floor((start + (math.log10(value) - low) * unit) * 2 + 0.5) * 5


def _power(k: int) -> str:
    return f"{10.0**k:g}" if -4 <= k < 5 else "10" + str(k).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _path(d: str, stroke: str, width: float) -> list:
    return ["path", {"fill": "none", "stroke": stroke, "stroke-width": width, "d": d}]


def _text(x: float, y: float, words: str, anchor: str) -> list:
    return ["text", {"x": round(x, 1), "y": round(y, 1), "text-anchor": anchor}, words]


def _element(parent: ET.Element, tag: str, look: dict) -> ET.Element:
    return ET.SubElement(parent, tag, {key: value if isinstance(value, str) else f"{value:g}" for key, value in look.items()})
