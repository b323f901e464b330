"""The runs of the frozen races and schedules: which there are, how they are laid out, and that they are drawn in one way."""

import json
import xml.etree.ElementTree as ET

import pytest

from downhill.execution import trials
from downhill.manuscript import explorables
from downhill.manuscript.packing import unpack
from tests.book import ROOT

READ = trials.read(ROOT)
SHEET = trials.sheet(ROOT)
STRUCTURE = explorables.structure(ROOT, "trials")
TOY = {"search": [[10, 40, 45], [100, 20, 80]], "fresh": [[100, 30, 33], [10, 7]], "mean": [100, 31]}


def options(name: str) -> list[str]:
    return [option.get("value") for option in STRUCTURE.find(f".//select[@name='{name}']")]


def frozen(name: str) -> dict:
    return json.loads((ROOT / "data" / "experiments" / f"{name}.json").read_text())


def ran(name: str) -> dict[tuple, float]:
    """Return the test scores of an experiment by model, method, schedule, rate, and seed."""
    found = {}
    for case, result in frozen(name)["results"]:
        model = case.get("model", name.partition("_")[2])
        found[model, case["method"], case.get("schedule", "constant"), case["lr"], case["seed"]] = unpack(result)["test"]
    return found


def test_every_frozen_run_is_there_once_and_one_that_was_run_twice_ended_alike():
    every, count = {}, 0
    for name in [f"race_{model}" for model in READ] + ["schedules_mlp", "steady"]:
        for key, score in ran(name).items():
            assert every.setdefault(key, score) == score, key
            count += 1
    found = {
        (model, *pair, *run): score for model, by in READ.items() for pair, one in by.items() for run, score in one.runs.items()
    }
    assert found == every and len(every) < count  # the schedules ran the race's cosine once more, with more seeds
    drawn = {
        model: sum(len(c) - 1 for one in r["series"] for c in one["search"] + one["fresh"])
        for model, r in SHEET["races"].items()
    }
    assert drawn == {model: sum(len(one.runs) for one in by.values()) for model, by in READ.items()}


@pytest.mark.parametrize("model", READ)
def test_what_is_told_of_a_series_is_what_is_frozen(model):
    values = {key: unpack(value) for key, value in frozen(f"race_{model}")["values"].items()}
    told = {key: unpack(value) for key, value in frozen("schedules_mlp")["values"].items()} if model == "mlp" else {"score": {}}
    kept = {method: score for (where, method), score in unpack(frozen("steady")["values"]["score"]).items() if where == model}
    assert {(one["method"], one["schedule"]) for one in SHEET["races"][model]["series"] if one["race"]} == set(values["best"])
    for one in SHEET["races"][model]["series"]:
        method, schedule, pair = one["method"], one["schedule"], f"{one['method']}, {one['schedule']}"
        if pair in told["score"]:
            rate, score, seeds = told["best"][pair, schedule], told["score"][pair], 10
        elif one["race"]:
            rate, score, seeds = values["best"][method, schedule], values["score"][method], 5
        else:  # it has kept the rate of the race
            rate, score, seeds = values["best"][method, "cosine"], kept[method], 5
            assert one["search"] == [] and schedule == "constant"
        digits = 3 if model in trials.BITS else 2
        assert (one["rate"], one["score"]) == (rate, f"{score[0]:.{digits}f} ± {score[1]:.{digits}f}")
        fresh = next(ys for x, *ys in one["fresh"] if x == one["mean"][0])
        assert len(fresh) == seeds and min(fresh) <= one["mean"][1] <= max(fresh)


def test_each_model_method_and_schedule_can_be_chosen_and_has_words():
    pairs = {(one["method"], one["schedule"]) for race in SHEET["races"].values() for one in race["series"]}
    assert sorted(options("workload")) == sorted(READ)
    assert {*options("method")} == {"all"} | {method for method, _ in pairs} == {"all", *trials.LINES}
    assert {*options("schedule")} == {"race", "all"} | {schedule for _, schedule in pairs} == {"race", "all", *trials.MARKS}
    places = explorables.places(STRUCTURE)
    assert {*trials.LINES, *trials.MARKS, "rate", *trials.TICKS} <= places and set(SHEET["names"]) == {
        *trials.LINES,
        *trials.MARKS,
    }


def test_the_units_are_those_of_the_experiments():
    """A guess is wrong nine times of ten, in %; in bits it is less than that."""
    for model, by in READ.items():
        worst = max(score for one in by.values() for score in one.runs.values())
        assert (worst > 20) == (model not in trials.BITS), model


def test_a_page_loads_little_and_reads_what_is_laid_out():
    packed = trials.packed(ROOT)
    loaded = json.loads(packed)
    assert len(packed) <= 30_000
    series = [dict(zip(loaded["keys"], row, strict=True)) for row in loaded["races"]["mlp"]["series"]]
    assert series == SHEET["races"]["mlp"]["series"]


def test_all_that_is_laid_out_lies_in_the_panel_and_better_lies_lower():
    for race in SHEET["races"].values():
        for one in race["series"]:
            for x, *ys in [*one["search"], *one["fresh"], one["mean"]]:
                assert trials.LEFT * 10 < x < trials.RIGHT * 10
                assert all(trials.TOP * 10 < y < trials.BOTTOM * 10 for y in ys)
    up = trials._scale([1.0, 100.0], trials.BOTTOM, trials.TOP)
    assert [up(1.0), up(10.0), up(100.0)] == [2200, 1130, 60]


def test_the_script_draws_a_series_as_it_stands_still(numerics):
    series = [(one, one["method"], one["schedule"]) for race in SHEET["races"].values() for one in race["series"]]
    cases = [[TOY, "6 2", trials.MARKS["wsd"]], *([one, trials.LINES[m][1], trials.MARKS[s]] for one, m, s in series)]
    assert numerics("trials", "paths", cases) == [trials.paths(*case) for case in cases]


def test_a_line_passes_between_the_seeds_and_each_run_has_its_mark():
    line, runs, mean = trials.paths(TOY, "6 2", (("h.01", 3), ("h.02", 7)))
    assert line == {"d": "M1 4.25L10 5", "stroke-width": 1.2, "stroke-dasharray": "6 2"}
    places = ["1 4", "1 4.5", "10 2", "10 8", "10 3", "10 3.3", "1 0.7"]
    assert runs == {"d": "".join(f"M{place}h.01" for place in places), "stroke-width": 3}
    assert mean == {"d": "M10 3.1h.02", "stroke-width": 7}


def test_no_two_methods_look_alike_and_no_two_schedules():
    assert len(set(trials.LINES.values())) == len(trials.LINES)
    greys = [dashes for colour, dashes in trials.LINES.values() if colour in ("currentColor", "var(--fig-mid)")]
    assert len(set(greys)) == len(greys) == 3
    assert all(len({marks[i][0] for marks in trials.MARKS.values()}) >= 3 for i in (0, 1))
    assert len({marks[1] for marks in trials.MARKS.values()}) == len(trials.MARKS)


def test_what_stands_out_is_what_is_chosen(numerics):
    pairs = [("a", "cosine", 1), ("a", "wsd", 0), ("b", "constant", 1), ("c", "cosine", 1), ("c", "constant", 0)]
    series = [{"method": method, "schedule": schedule, "race": race} for method, schedule, race in pairs]
    asked = [
        ("all", "race"),
        ("c", "race"),
        ("all", "constant"),
        ("a", "all"),
        ("all", "all"),
        ("b", "cosine"),
        ("gone", "all"),
    ]
    found = numerics("trials", "chosen", [[series, *each] for each in asked])
    assert [[series.index(one) for one in each] for each in found] == [[0, 2, 3], [3], [2, 4], [0, 1], [0, 1, 2, 3, 4], [], []]
    assert numerics("trials", "count", [[[TOY, TOY]], [[]]]) == [14, 0]


def test_a_scale_of_powers_is_written_as_numbers_are():
    one = trials.Series(1e-5, (2.6, 0.1), True, {(1e-6, 0): 3.0, (1e-5, 0): 2.7, (1e-3, 0): 9.0, (1e-5, 100): 2.6})
    drawn = SHEET | {"races": {"zipf": trials._race("zipf", {("sgd", "cosine"): one})}}
    svg = ET.Element("svg")
    trials.still(svg, drawn, "zipf", {"rate": "α", "bits": "test bits", "sgd": "SGD", "cosine": "cosine"})
    powers, bits = ["10⁻⁶", "10⁻⁵", "0.0001", "0.001"], ["2.5", "3", "4", "5", "6", "7", "8", "9"]
    assert [text.text for text in svg.iter("text")] == [*powers, *bits, "α", "test bits", "SGD", "cosine"]
