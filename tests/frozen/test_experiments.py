"""The frozen experiments: their small part runs again, their machinery resumes, their optimizers are torch's."""

import json
import statistics

import pytest
import torch

from downhill import BookError
from downhill.__main__ import main
from downhill.execution import data
from downhill.frozen import experiments
from downhill.manuscript import packing
from downhill.manuscript.book import Book
from tests.book import ROOT

NAMES = sorted(path.stem for path in (ROOT / "experiments").glob("[!_]*.py"))
COUNTED = '''"""Counts its runs."""

CASES = [{"a": a, "seed": seed} for a in (1, 2) for seed in (0, 1)]
SMALL = CASES[:2]


def run(a, seed):
    """Leave a mark, and return a number."""
    with open(PLACE, "a") as file:
        file.write(f"{a}{seed} ")
    return {"error": a + 0.1 * seed}


def values(results):
    return {"error": [result["error"] for _, result in results]}
'''


def frozen(name: str) -> dict:
    return json.loads((ROOT / "data" / "experiments" / f"{name}.json").read_text(encoding="utf-8"))


def test_a_small_part_gives_the_frozen_numbers():
    assert main(["--root", str(ROOT), "experiments", "--verify"]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_frozen_numbers_are_those_of_the_experiments_as_they_stand(name):
    kept, experiment = frozen(name), experiments.load(ROOT / "experiments" / f"{name}.py")
    assert kept["program_sha256"] == experiments.digest(ROOT / "experiments" / f"{name}.py")
    assert [case for case, _ in kept["results"]] == experiment["CASES"]
    results = [(case, packing.unpack(result)) for case, result in kept["results"]]
    for key, value in experiment["values"](results).items():
        assert packing.unpack(kept["values"][key]) == value
    assert kept["values"]["digits"] == 60_000
    assert len({case["seed"] for case in experiment["CASES"]}) >= 3


def test_frozen_numbers_agree_with_the_full_run_of_a_snippet():
    path = ROOT / "data" / "full" / "mnist_sgd.json"
    if not path.exists():
        pytest.skip("no full run is committed")
    snippet = packing.unpack(json.loads(path.read_text())["values"]["test_errors"])
    measured = packing.unpack(frozen("recipes")["values"]["error"])["plain"]
    assert abs(statistics.fmean(measured) - statistics.fmean(snippet)) < 4 * statistics.stdev(measured)


def test_no_best_rate_lies_at_an_end_of_its_grid():
    rates = {key: packing.unpack(value) for key, value in frozen("rates")["values"].items()}
    for name, column in rates["error"].items():
        assert min(column) < rates["best"][name] < max(column)
        assert min(column) < rates["good"][name][0] <= rates["good"][name][1] < max(column)


@pytest.fixture
def counted(small, monkeypatch):
    """A small book with an experiment, and a function that measures cases and returns which were run."""
    path = small / "experiments" / "counted.py"
    path.parent.mkdir()
    path.write_text(COUNTED.replace("PLACE", repr(str(small / "runs"))))
    book, raw = Book(small), data.unpacked(small, small / ".cache")

    def measured(cases: list[dict]) -> str:
        (small / "runs").write_text("")
        experiments.load.cache_clear()
        experiments.measure(book, path, cases, raw, "loky", 1)
        return (small / "runs").read_text()

    return path, measured


def test_what_was_measured_is_not_measured_again(counted):
    path, measured = counted
    cases = [{"a": a, "seed": 0} for a in (1, 2, 3)]
    assert measured(cases[:2]) == "10 20 "
    assert measured(cases) == "30 "
    path.write_text(path.read_text().replace("for a in (1, 2)", "for a in (1, 2, 3)"))
    assert measured(cases) == ""
    path.write_text(path.read_text().replace("0.1 * seed", "0.2 * seed"))
    assert measured(cases) == "10 20 30 "


def test_a_failing_case_is_named(counted):
    path, measured = counted
    path.write_text(path.read_text().replace("return {", "return seed / 0, {"))
    with pytest.raises(BookError, match=r"counted\.py: run\(\*\*{'a': 1, 'seed': 0}\) ends in ZeroDivisionError"):
        measured([{"a": 1, "seed": 0}])


def test_a_difference_of_more_than_four_sd_is_told(tmp_path, counted):
    path, _ = counted
    results = [[{"a": 1, "seed": seed}, {"dict": ["error", 1 + 0.1 * seed]}] for seed in (0, 1, 2)]
    other = [(case, {"dict": ["error", 1.51]}) for case, _ in results]
    target = tmp_path / "counted.json"
    target.write_text(json.dumps({"program_sha256": experiments.digest(path), "small": results}))
    assert experiments.differing(path, target, results) == []
    assert experiments.differing(path, target, [(case, {"dict": ["error", 1.4]}) for case, _ in results]) == []
    assert "is 1.51, frozen is 1.1" in experiments.differing(path, target, other)[0]
    path.write_text(path.read_text() + "\nmore = 1\n")
    assert "has changed since" in experiments.differing(path, target, results)[0]


def test_bad_input_gets_a_sentence(small, monkeypatch):
    (small / "experiments").mkdir()
    with pytest.raises(BookError, match="no experiment nothing"):
        experiments.run(Book(small), ["nothing"], None, "loky", 1)
    monkeypatch.setitem(experiments.CLUSTERS, "ray", ("ray", "no_such_module", "start"))
    with pytest.raises(BookError, match="the backend ray is not installed.*pip install 'ray'"):
        list(experiments.spread(small, small, [], "ray", 1))


@pytest.mark.parametrize(
    ("method", "ours", "make"),
    [
        ("sgd", {"beta": 0.9, "decay": 0.01}, lambda w, lr: torch.optim.SGD([w], lr, momentum=0.9, weight_decay=0.01)),
        ("nag", {"beta": 0.9}, lambda w, lr: torch.optim.SGD([w], lr, momentum=0.9, nesterov=True)),
        ("adam", {"decay": 0.01}, lambda w, lr: torch.optim.Adam([w], lr, weight_decay=0.01)),
        ("adamw", {"decay": 0.01}, lambda w, lr: torch.optim.AdamW([w], lr, weight_decay=0.01)),
    ],
)
def test_its_optimizers_are_those_of_torch(method, ours, make):
    step = experiments.load(ROOT / "experiments" / "_softmax.py")["step"]
    rates = [0.01, 0.1]
    torch.manual_seed(0)
    start = torch.randn(5, 2, dtype=torch.float64)
    gradients = torch.randn(100, 5, 2, dtype=torch.float64)
    w, state = start.clone(), {}
    options = {key: torch.tensor([value] * 2, dtype=torch.float64) for key, value in ours.items()}
    for g in gradients:
        step(w, g, state, method, torch.tensor(rates, dtype=torch.float64), **options)
    for column, rate in enumerate(rates):
        theirs = start[:, column].clone()
        optimizer = make(theirs, rate)
        for g in gradients:
            theirs.grad = g[:, column].clone()
            optimizer.step()
        assert (w[:, column] - theirs).abs().max() < 1e-12
