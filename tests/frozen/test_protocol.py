"""The protocol of the races: equally many trials, no lucky seed, no best value at an end, fresh seeds, and honest chances."""

import doctest
import itertools
import json
import math
import runpy
import shutil
import statistics
from types import SimpleNamespace

import pytest
import torch

from downhill.execution import data
from downhill.frozen import cases, experiments, optimizer, program, ranking
from downhill.manuscript import packing
from downhill.manuscript.book import Book
from tests.book import ROOT
from tests.frozen.conftest import SIGNS

HERE = SimpleNamespace(**runpy.run_path(str(ROOT / "experiments" / "_protocol.py")))
RACES = sorted(path.stem for path in (ROOT / "experiments").glob("race_*.py"))
TINY = '''"""Three methods on a parabola: a race that takes no time."""

import math

import _protocol
import torch

SPACES = {"sgd": 0.01, "adam": 0.01, "sign": 0.0001}
CASES = _protocol.cases(SPACES)
SMALL = CASES[:2]
METHODS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "sign": torch.optim.Rprop}
GUESS = 10.0


def run(method, schedule, lr, seed, optimizer=None):
    torch.manual_seed(seed)
    x = torch.nn.Parameter(torch.randn(3, dtype=torch.float64))
    moving, curve = (optimizer or METHODS[method])([x], lr=lr), []
    for t in range(20):
        moving.param_groups[0]["lr"] = lr * (0.5 * (1 + math.cos(math.pi * t / 20)) if schedule == "cosine" else 1)
        moving.zero_grad()
        (x.square() * torch.tensor([1, 2, 4])).sum().backward()
        moving.step()
        curve.append(min(x.square().sum().item(), GUESS))
    return {"validation": curve[-1], "test": curve[-1], "curve": curve, "kept": 0, "moved": 12}


def own(low, high):
    return _protocol.own(low, high)


def then(results):
    return _protocol.then(results)


def values(results):
    return _protocol.values(results, guess=GUESS, target=0.1, tolerance=0.01, every=1)
'''


def raced(score, spaces) -> tuple[list, list[int]]:
    """Return all results of a race in which a function tells the validation score, and how many cases each stage had."""
    waiting, found, counts = HERE.cases(spaces), [], []
    while waiting:
        counts.append(len(waiting))
        for case in waiting:
            validation = score(case["method"], case["schedule"], case["lr"], case["seed"])
            told = {"validation": validation, "test": validation + 1, "curve": [validation], "kept": 0, "moved": 12}
            found.append((case, told))
        done = {json.dumps(case) for case, _ in found}
        waiting = [case for case in HERE.then(found) if json.dumps(case) not in done]
    return found, counts


def told(found) -> dict:
    return HERE.values(found, guess=90.0, target=1.0, tolerance=0.5, every=10)


def valley(lowest: float):
    """A score that is least at a rate, a little better with a cosine, and scatters with the seed."""
    return lambda method, schedule, lr, seed: round(
        abs(math.log10(lr / lowest)) + 0.1 * (schedule == "constant") + 0.01 * math.sin(seed * len(method)), 6
    )


@pytest.mark.parametrize(
    "name", ["rate", "best", "further", "good", "told", "after", "tail", "half", "interval", "chance", "corrected", "reached"]
)
def test_examples_of_the_protocol_hold(name):
    shared = vars(HERE)
    (example,) = doctest.DocTestFinder().find(shared[name], name, globs=shared)
    assert doctest.DocTestRunner().run(example).failed == 0


def test_every_method_gets_equally_many_trials_and_fresh_seeds_for_its_best():
    found, counts = raced(valley(0.1), {"a": 0.01, "bb": 0.01})
    seeds = len(HERE.SEARCH)
    assert counts == [2 * HERE.RATES * seeds, 2 * HERE.FINER * seeds, 2 * len(HERE.FRESH)]
    fresh = [case for case, _ in found if case["seed"] in HERE.FRESH]
    assert all((case["schedule"], case["lr"]) == ("cosine", 0.1) for case in fresh)
    assert not {*HERE.FRESH} & {*HERE.SEARCH}
    values = told(found)
    assert values["trials"] == {"a": 8, "bb": 8}
    assert values["best"]["a", "cosine"] == values["best"]["bb", "cosine"] == 0.1
    assert values["steps"] == {"a": [10] * 5, "bb": [10] * 5}


def test_a_method_without_a_schedule_gets_none_and_as_many_trials():
    found, counts = raced(valley(0.1), {"a": 0.01, "schedule_free": 0.01})
    values = told(found)
    assert values["schedule"] == {"a": "cosine", "schedule_free": "constant"}
    assert values["trials"] == {"a": 8, "schedule_free": 8}
    assert len({len(chosen) for chosen in HERE.SCHEDULES.values()} | {len(HERE.USUAL)}) == 1


def test_a_space_is_widened_until_the_best_is_inside_and_the_same_number_is_counted():
    found, counts = raced(valley(1.0), {"a": 0.001, "bb": 0.1})
    values, pair = told(found), len(HERE.SEARCH)
    assert counts == [12 * pair, 3 * pair, pair, 2 * pair, 2 * len(HERE.FRESH)]
    assert values["best"]["a", "cosine"] == values["best"]["bb", "cosine"] == 1.0
    assert values["trials"] == {"a": 10, "bb": 8}
    assert max(values["search"]["a", "cosine"]) == 3.2
    for column in HERE.searched(found).values():
        window = {lr for _, lr in HERE.counted(column)}
        assert len(HERE.counted(column)) == HERE.RATES + HERE.FINER
        assert min(window) < 1.0 < max(window)


def test_a_range_without_an_end_is_told_as_open_after_a_bound():
    found, _ = raced(lambda method, schedule, lr, seed: round(1 / math.log10(1e9 * lr) + 0.001 * seed % 0.007, 6), {"a": 0.01})
    values = told(found)
    rates = sorted(values["search"]["a", "cosine"])
    assert len(rates) == HERE.RATES + HERE.WIDER + HERE.FINER and values["best"]["a", values["schedule"]["a"]] == rates[-1]
    assert values["open"]["a"][1] and values["good"]["a"][1] == rates[-1]


def test_one_lucky_seed_chooses_nothing():
    def score(method, schedule, lr, seed):
        lucky = lr == 3.2 and schedule == "cosine"
        return (0.0 if seed == 0 else 90.0) if lucky else valley(0.1)(method, schedule, lr, seed)

    values = told(raced(score, {"a": 0.01, "bb": 0.01})[0])
    assert values["schedule"]["a"] == "cosine" and values["best"]["a", "cosine"] == 0.1
    assert values["runaway"] == {"a": 1, "bb": 1}


def test_test_scores_choose_nothing():
    found, _ = raced(valley(0.1), {"a": 0.01, "bb": 0.01})
    other = [(case, run | {"test": 90 - run["test"] - 1e-3 * case["seed"] * len(case["method"])}) for case, run in found]
    one, two = told(found), told(other)
    assert one["top"] != two["top"]
    assert all(one[key] == two[key] for key in ("best", "schedule", "good", "open", "search", "trials"))


def test_the_best_of_n_is_the_mean_over_all_choices_of_n():
    errors = [8.1, 8.3, 7.9, 9.0, 12.2, 8.0, 10.1, 15.0]
    assert [round(HERE.after(n, [(e, e) for e in errors]), 4) for n in (1, 2, 4, 8)] == [9.825, 8.4429, 7.9957, 7.9]
    torch.manual_seed(0)
    pairs = [tuple(pair) for pair in torch.rand(7, 2).tolist()]
    for n in range(1, 8):
        every = [min(chosen)[1] for chosen in itertools.combinations(pairs, n)]
        assert HERE.after(n, pairs) == pytest.approx(statistics.fmean(every), abs=1e-12)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 19, 20])
def test_the_chance_is_students(freedom):
    for t in (0.3, 1.7, 4.0):
        x = torch.linspace(0, t, 200_001, dtype=torch.float64)
        log = torch.lgamma(torch.tensor([(freedom + 1) / 2, freedom / 2], dtype=torch.float64))
        density = torch.exp(log[0] - log[1]) / math.sqrt(freedom * math.pi) * (1 + x**2 / freedom) ** (-(freedom + 1) / 2)
        assert (
            HERE.tail(t, freedom)
            == HERE.tail(-t, freedom)
            == pytest.approx(1 - 2 * torch.trapezoid(density, x).item(), abs=1e-9)
        )


def test_intervals_and_chances_hold_what_they_say():
    torch.manual_seed(0)
    samples = (0.7 + torch.randn(4000, 10, dtype=torch.float64)).tolist()
    covered = sum(abs(statistics.fmean(s) - 0.7) <= HERE.half(s) for s in samples) / 4000
    surprised = sum(HERE.chance([x - 0.7 for x in s]) <= 0.05 for s in samples) / 4000
    assert covered == pytest.approx(0.95, abs=4 * math.sqrt(0.05 * 0.95 / 4000))
    assert surprised == pytest.approx(1 - covered)


def test_chances_are_corrected_as_by_holm():
    torch.manual_seed(0)
    chances = dict(enumerate((torch.rand(10) ** 4).tolist()))
    ranked = sorted(chances.values())
    for key, p in HERE.corrected(chances).items():
        before = [(10 - i) * q for i, q in enumerate(ranked) if q <= chances[key]]
        assert p == pytest.approx(min(1, max(before)), abs=1e-6)


@pytest.fixture
def tiny(small, monkeypatch):
    """A race that takes no time, frozen."""
    path = small / "experiments" / "tiny.py"
    path.parent.mkdir()
    path.write_text(TINY)
    shutil.copy(ROOT / "experiments" / "_protocol.py", path.parent)
    monkeypatch.setattr(data, "ALL", 10_000)
    monkeypatch.setattr(experiments.full, "originals", lambda folder: data.unpacked(small, small / ".cache"))
    program.load.cache_clear()
    experiments.run(Book(small), [], small)
    return small


def test_a_race_is_frozen_and_takes_a_readers_optimizer(tiny, capsys):
    frozen = json.loads((tiny / "data" / "experiments" / "tiny.json").read_text())
    values = {key: packing.unpack(value) for key, value in frozen["values"].items()}
    assert {*values["rank"]} == {"sgd", "adam", "sign"}
    assert all(len(column) == len(HERE.FRESH) for column in values["top"].values())
    assert all(values["gap"][a, b][0] == -values["gap"][b, a][0] for a, b in values["gap"])
    assert {*values["chance"]} == {*values["gap"]} == {*itertools.permutations(values["rank"], 2)}
    for read in (optimizer.read, optimizer._names, program.load):
        read.cache_clear()
    (mine := tiny.parent / "mine.py").write_text(SIGNS)
    capsys.readouterr()
    ranking.run(ranking.chosen(Book(tiny), ["tiny"], cases.How(own=mine)), tiny)
    said = capsys.readouterr().out
    assert "of 4" in said and "scores: means of 5 seeds" in said and "own minus it" in said


def test_the_protocol_can_change_without_a_rerun(tiny):
    path, shared = tiny / "experiments" / "tiny.py", tiny / "experiments" / "_protocol.py"
    before, asked = program.digest(path), program.question(path)
    shared.write_text(shared.read_text().replace("range(100, 105)", "range(100, 106)"))
    assert program.digest(path) == before and program.question(path) != asked


@pytest.mark.parametrize("name", RACES)
def test_a_frozen_race_is_complete_and_has_no_best_at_an_end_in_silence(name):
    kept = json.loads((ROOT / "data" / "experiments" / f"{name}.json").read_text())
    values = {key: packing.unpack(value) for key, value in kept["values"].items()}
    spaces = program.load(ROOT / "experiments" / f"{name}.py")["SPACES"]
    assert {*values["rank"]} == {*spaces}
    for method, schedule in values["schedule"].items():
        rates, lr = sorted(values["search"][method, schedule]), values["best"][method, schedule]
        assert len(rates) == values["trials"][method] >= HERE.RATES
        assert rates[0] < lr < rates[-1] or len(rates) == HERE.RATES + HERE.WIDER
        assert values["open"][method] == (values["good"][method][0] == rates[0], values["good"][method][1] == rates[-1])
        assert len(values["top"][method, schedule]) == len(HERE.FRESH)


def test_schedules_are_compared_within_a_method_and_methods_within_a_schedule():
    kept = json.loads((ROOT / "data" / "experiments" / "schedules_mlp.json").read_text())
    values = {key: packing.unpack(value) for key, value in kept["values"].items()}
    alike = program.load(ROOT / "experiments" / "schedules_mlp.py")["alike"]
    assert alike("nag, linear", "nag, wsd") and alike("nag, linear", "muon, linear") and not alike("nag, linear", "muon, wsd")
    assert {*values["chance"]} == {*values["gap"]} == {two for two in itertools.permutations(values["rank"], 2) if alike(*two)}
    assert len(values["rank"]) == 16 and len(values["chance"]) == 2 * 2 * 4 * 6
    assert {len(column) for column in values["top"].values()} == {10}
