"""Experiments that follow from the frozen numbers of others: whose they say, and that differences are those of one seed."""

import json

import pytest

from downhill.frozen import program
from downhill.manuscript import packing
from tests.book import ROOT

FRESH = range(100, 105)
RACES = [path.stem for path in sorted((ROOT / "experiments").glob("race_*.py"))]


@pytest.fixture(scope="module")
def interval():
    return program.load(ROOT / "experiments" / "_protocol.py")["interval"]


def kept(name: str) -> dict:
    return json.loads((ROOT / "data" / "experiments" / f"{name}.json").read_text(encoding="utf-8"))


def quoted(name: str) -> dict:
    return {key: packing.unpack(value) for key, value in kept(name)["values"].items()}


def ended(name: str, *keys: str) -> dict:
    """Return {(key, ..., seed): test score} of the fresh seeds."""
    results = [(case, packing.unpack(result)) for case, result in kept(name)["results"] if case["seed"] in FRESH]
    return {(*(case[key] for key in keys), case["seed"]): result["test"] for case, result in results}


def test_what_is_read_is_what_is_frozen():
    read_as = program.load(ROOT / "experiments" / "_frozen.py")["frozen"]
    for name in RACES:
        results = [[case, packing.unpack(result)] for case, result in kept(name)["results"]]
        read = read_as(name)
        assert [case for case, _ in read] == [case for case, _ in results]
        assert all(numbers["test"] == result["test"] for (_, numbers), (_, result) in zip(read, results, strict=True))


@pytest.mark.parametrize("path", sorted((ROOT / "experiments").glob("[!_]*.py")), ids=lambda path: path.stem)
def test_who_reads_frozen_numbers_says_whose(path):
    assert ("_frozen.frozen(" in path.read_text(encoding="utf-8")) == bool(program.before(path))


def test_a_rate_that_stays_is_the_one_that_its_race_has_chosen(interval):
    values, stayed, rates, fell = quoted("steady"), ended("steady", "model", "method"), {}, {}
    for race in RACES:
        model, found = race.removeprefix("race_"), quoted(race)
        rates |= {(model, method): lr for (method, schedule), lr in found["best"].items() if schedule == "cosine"}
        fell |= {(model, *key): test for key, test in ended(race, "method").items()}
    assert {(case["model"], case["method"]): case["lr"] for case, _ in kept("steady")["results"]} == rates
    assert {*values["gap"]} == {*values["chance"]} == {*values["runaway"]} == {*rates}
    for key, gap in values["gap"].items():
        assert gap == interval([stayed[*key, seed] - fell[*key, seed] for seed in FRESH])


def test_gradient_descent_ends_as_far_from_sgd_as_is_said(interval):
    values, whole, race = quoted("whole_set"), ended("whole_set", "method"), ended("race_linear", "method")
    for method, gap in values["gap"].items():
        assert gap == interval([whole[method, seed] - race["sgd", seed] for seed in FRESH])
        rates = sorted(values["search"][method])
        assert rates[0] < values["best"][method] < rates[-1]
