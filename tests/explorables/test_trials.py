"""The runs of the frozen races: what a page loads of them; the still drawing and the live one are of the same numbers."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from downhill.execution import trials
from downhill.manuscript import explorables
from downhill.manuscript.packing import unpack
from tests.book import ROOT

RACES = trials.read(ROOT)
STRUCTURE = explorables.structure(ROOT, "trials")
MODULE = (explorables.FOLDER / "trials.js").read_text()


def options(name: str) -> list[str]:
    return [option.get("value") for option in STRUCTURE.find(f".//select[@name='{name}']")]


def test_each_frozen_race_can_be_chosen_with_each_method_and_schedule_and_is_small():
    assert sorted(options("workload")) == sorted(RACES)
    methods = [name for race in RACES.values() for name in race]
    assert {*options("method")} == {"all", *methods} and {*methods} <= trials.LOOKS.keys()
    assert {*options("schedule")} == {"any"} | {about["schedule"] for race in RACES.values() for about in race.values()}
    assert len(trials.packed(ROOT)) <= 30_000 and json.loads(trials.packed(ROOT)) == RACES


@pytest.mark.parametrize("name", RACES)
def test_every_run_is_there(name):
    frozen = json.loads((ROOT / "data" / "experiments" / f"race_{name}.json").read_text())
    scores = sorted(round(unpack(result)["test"], 3) for _, result in frozen["results"])
    found = [score for about in RACES[name].values() for _, *row in about["search"] for score in row]
    assert sorted(found + [score for about in RACES[name].values() for score in about["fresh"]]) == scores
    top = unpack(frozen["values"]["top"])
    assert all(
        about["fresh"] == [round(score, 3) for score in top[method, about["schedule"]]] for method, about in RACES[name].items()
    )


def test_both_drawings_give_a_method_the_same_look():
    found = re.findall(r'^  (\w+): \["(\S+)", "([\d. ]+|none)"\],$', MODULE, re.MULTILINE)
    assert {name: (colour, dashes) for name, colour, dashes in found} == trials.LOOKS
    assert json.loads(re.sub(r"(\w+):", r'"\1":', re.search(r"TICKS = (\{.*\});", MODULE)[1])) == trials.TICKS


def test_the_bounds_and_the_points_are_those_of_the_still_drawing(numerics):
    for found, race in zip(numerics("trials", "bounds", [[race] for race in RACES.values()]), RACES.values(), strict=True):
        assert found == [pytest.approx(ends, rel=1e-12) for ends in trials.bounds(race)]
    toy = {"best": 10.0, "search": [[1.0, 4.0, 9.0], [10.0, 2.0, 8.0]], "fresh": [1.0, 100.0]}
    (found,) = numerics("trials", "points", [[toy]])
    means, runs, best = [[1, 6], [10, 4]], [[1, 4], [1, 9], [10, 2], [10, 8], [10, 1], [10, 100]], [[10, 10]]
    assert found == [[pytest.approx(point) for point in part] for part in (means, runs, best)]
    line, dots, chosen = trials.marks(toy, lambda x: x, lambda y: round(y, 9))
    assert (line, dots[:10], chosen) == ("M1 6L10 4", "M1 4h.01M1", "M10 10h.01") and dots.count("h.01") == 6


def test_what_stands_out_is_what_is_chosen(numerics):
    race = {"a": {"schedule": "cosine"}, "b": {"schedule": "constant"}, "c": {"schedule": "cosine"}}
    asked = [("all", "any"), ("b", "any"), ("all", "cosine"), ("b", "cosine"), ("gone", "any")]
    assert numerics("trials", "chosen", [[race, *each] for each in asked]) == [["a", "b", "c"], ["b"], ["a", "c"], [], []]


def test_a_scale_of_powers_is_written_as_the_live_one_writes_it():
    svg, words = ET.Element("svg"), dict.fromkeys([*trials.LOOKS, "rate", "bits"], "x")
    trials.still(svg, {"sgd": {"best": 1e-5, "search": [[1e-6, 3.0], [1e-5, 2.7], [1e-3, 9.0]], "fresh": [2.6]}}, "bits", words)
    assert [text.text for text in svg.iter("text")] == [
        "10⁻⁶",
        "10⁻⁵",
        "0.0001",
        "0.001",
        "2.5",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        *"xxx",
    ]
