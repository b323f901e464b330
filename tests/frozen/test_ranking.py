"""A reader's optimizer runs by the protocol of an experiment, and gets its place among the methods that were frozen."""

import statistics

import pytest

from downhill import BookError
from downhill.execution import data
from downhill.frozen import cases, experiments, optimizer, program, ranking
from downhill.manuscript.book import Book
from tests.frozen.conftest import SIGNS
from tests.small import change

RACE = '''"""Three methods on a parabola, as the races of networks are."""

import itertools
import statistics

import torch

RATES = [0.01, 0.1, 1.0]
METHODS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
CASES = [{"method": method, "schedule": "constant", "lr": lr, "seed": 0} for method in METHODS for lr in RATES]
SMALL = [CASES[0] | {"seed": seed} for seed in (0, 1)]


def run(method, schedule, lr, seed, optimizer=None):
    torch.manual_seed(seed)
    x = torch.nn.Parameter(torch.randn(3))
    moving = (optimizer or METHODS[method])([x], lr=lr)
    for _ in range(20):
        moving.zero_grad()
        x.square().sum().backward()
        moving.step()
    with open(PLACE, "a") as file:
        file.write(f"{method} {lr} {seed}\\n")
    return x.square().sum().item()


def own(low, high):
    rates = RATES if low is None else [low, (low * high) ** 0.5, high]
    return [{"method": "own", "schedule": "constant", "lr": lr, "seed": 0} for lr in rates]


def chosen(results):
    found = {}
    for case, result in results:
        if case["seed"] == 0:
            found.setdefault(case["method"], {})[case["lr"]] = result
    return {method: min(column, key=column.get) for method, column in found.items()}


def then(results):
    best = chosen(results).items()
    return [{"method": method, "schedule": "constant", "lr": lr, "seed": seed} for method, lr in best for seed in (1, 2, 3)]


def values(results):
    best, top = chosen(results), {}
    for case, result in results:
        if case["seed"]:
            top.setdefault(case["method"], []).append(result)
    score = {method: (statistics.fmean(column), 2 * statistics.stdev(column)) for method, column in top.items()}
    rank, gap = sorted(score, key=score.get), {}
    for a, b in itertools.combinations(rank, 2):
        apart = [x - y for x, y in zip(top[a], top[b], strict=True)]
        gap[a, b] = (statistics.fmean(apart), 2 * statistics.stdev(apart))
    return {
        "rank": rank,
        "schedule": dict.fromkeys(rank, "constant"),
        "best": {(method, "constant"): lr for method, lr in best.items()},
        "top": {(method, "constant"): column for method, column in top.items()},
        "score": score,
        "gap": gap,
        "chance": {two: 0.01 if abs(mean) > half else 0.5 for two, (mean, half) in gap.items()},
        "sure": 0.05,
    }
'''


@pytest.fixture
def race(small, monkeypatch):
    """A function that ranks the text of a file in the frozen race, or tells what is wrong; and what ran since."""
    path, mine = small / "experiments" / "race.py", small.parent / "mine.py"
    path.parent.mkdir()
    path.write_text(RACE.replace("PLACE", repr(str(small / "runs"))))
    monkeypatch.setattr(data, "ALL", 10_000)
    monkeypatch.setattr(experiments.full, "originals", lambda folder: data.unpacked(small, small / ".cache"))
    experiments.run(Book(small), [], small)

    def rank(text: str, names=("race",)) -> list[str]:
        for cached in (optimizer.read, optimizer._names, program.load):
            cached.cache_clear()
        mine.write_text(text)
        (small / "runs").write_text("")
        ranking.run(ranking.chosen(Book(small), list(names), cases.How(own=mine)), small)
        return (small / "runs").read_text().splitlines()

    return rank


def test_a_readers_optimizer_gets_its_place_with_error_bars(race, small, capsys):
    frozen = (small / "data" / "experiments" / "race.json").read_text()
    capsys.readouterr()
    assert race(SIGNS) == ["own 0.01 0", "own 0.1 0", "own 1.0 0", *(f"own 0.1 {seed}" for seed in (1, 2, 3))]
    said = capsys.readouterr().out.splitlines()
    at = next(i for i, line in enumerate(said) if "is number" in line)
    assert said[at] == "race, 10000 digits: own is number 3 of 3"
    assert said[at + 1].startswith("scores: means of 3 seeds ± half of a 95% interval")
    rows = [line.split() for line in said[at + 3 :]]
    assert [row[1] for row in rows] == ["sgd", "adam", "own"]
    assert {row[2] for row in rows} == {"constant"}
    own, adam = (values(race, small)[name] for name in ("own", "adam"))
    mean = statistics.fmean(a - b for a, b in zip(own, adam, strict=True))
    assert rows[1][7] == f"{mean:+.3f}"
    assert (small / "data" / "experiments" / "race.json").read_text() == frozen
    assert race(SIGNS) == [], "what has run is kept"
    assert len(race(SIGNS.replace("beta=0.9", "beta=0.8"))) == 6, "and another text is another optimizer"


def values(race, small) -> dict[str, list[float]]:
    """Return the scores of the fresh seeds by method, read from what is kept."""
    experiment = cases.Experiment(
        Book(small), small / "experiments" / "race.py", 10_000, cases.How(own=small.parent / "mine.py")
    )
    records = [*experiment.others(), *(record for _, record in cases.staged(experiment, experiment.known))]
    return {method: column for (method, _), column in experiment.names()["values"](cases.pairs(records))["top"].items()}


def test_only_cases_of_its_own_get_a_readers_optimizer(race, small):
    path, kept, how = small / "experiments" / "race.py", small / "kept", cases.How(own=small.parent / "mine.py")
    race(SIGNS)
    kept.mkdir()
    for method, method_like in (("sgd", cases.How()), ("own", how)):
        case = {"method": method, "schedule": "constant", "lr": 0.1, "seed": 0}
        (there,) = cases.Experiment(Book(small), path, 10_000, method_like).known([case])
        record, _ = cases.one(path, small, kept, how, case)
        assert record["result"] == there["result"]


def test_the_same_as_a_method_is_no_different_from_it(race, capsys):
    race("from torch.optim import Adam as optimizer\n")
    (row,) = [line.split() for line in capsys.readouterr().out.splitlines() if " adam " in line]
    assert row[-6:] == ["+0.000", "±", "0.000", "0.500", "no", "difference"]


def test_the_rates_of_the_file_are_tried(race):
    assert race(SIGNS + "\nrates = 0.25, 1.0\n")[:3] == ["own 0.25 0", "own 0.5 0", "own 1.0 0"]


def test_what_it_will_cost_is_told_first(race, small, capsys):
    race(SIGNS)
    (small.parent / "mine.py").write_text(SIGNS.replace("beta=0.9", "beta=0.7"))
    how = cases.How(own=small.parent / "mine.py")
    said = "race, 10000 digits: 3 of 3 cases to run, about 1 s of one core, and those that follow from them"
    assert experiments.priced(Book(small), ["race"], how) == said


def test_what_cannot_be_ranked_is_refused_with_a_remedy(race, small):
    with pytest.raises(BookError, match=r"--optimizer mine\.py: name the workload to try it on; these take one: race"):
        race(SIGNS, names=[])
    with pytest.raises(BookError, match=r"mine\.py:14: IndexError: .*, in the case {'method': 'own', .*'lr': 1.0"):
        race(SIGNS.replace("m = self", "m = [][1] if group['lr'] == 1.0 else self"))
    (small / "experiments" / "plain.py").write_text("CASES = []\n\n\ndef run():\n    pass\n")
    with pytest.raises(BookError, match=r"plain\.py:1: takes no optimizer; these take one: race"):
        race(SIGNS, names=["plain"])
    change(small / "data" / "experiments" / "race.json", '"torch": "2', '"torch": "1')
    with pytest.raises(BookError, match=r"race\.json:1: measured with torch 1\S+: install"):
        race(SIGNS)
    change(small / "experiments" / "race.py", "range(20)", "range(21)")
    with pytest.raises(
        BookError, match=r"race\.py:1: its frozen numbers are another program's; run `make experiments NAMES=race`"
    ):
        race(SIGNS)
