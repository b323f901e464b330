"""The frozen experiments: their small part runs again, their machinery resumes, their optimizers are torch's."""

import doctest
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import types

import numpy as np
import pytest
import torch

from downhill import BookError
from downhill.execution import data
from downhill.frozen import backends, experiments, program
from downhill.manuscript import packing
from downhill.manuscript.book import Book
from tests import PATIENCE
from tests.book import ROOT
from tests.small import change, until

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
THEN = '''def then(results):
    """Both with another seed, the first of which are there; a third if the second was more than two."""
    worst = max(result["error"] for _, result in results)
    cases = [case for case, _ in results[:1]] + [{"a": a, "seed": 9} for a in (1, 2)]
    return cases + ([{"a": 3, "seed": 0}] if worst > 2.5 else [])
'''


def frozen(name: str) -> dict:
    return json.loads((ROOT / "data" / "experiments" / f"{name}.json").read_text(encoding="utf-8"))


def test_a_small_part_gives_the_frozen_numbers():
    """In a process of its own: joblib warns of a process that it renews, which would be an error here, in its thread."""
    command = [sys.executable, "-m", "downhill", "--root", str(ROOT), "experiments", "--verify"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_frozen_numbers_are_those_of_the_experiments_as_they_stand(name):
    kept, experiment = frozen(name), program.load(ROOT / "experiments" / f"{name}.py")
    assert kept["program_sha256"] == program.digest(ROOT / "experiments" / f"{name}.py")
    there = {json.dumps(case): result for case, result in kept["results"]}
    asked = experiments.staged(
        ROOT / "experiments" / f"{name}.py", lambda cases: [[case, there[json.dumps(case)]] for case in cases]
    )
    assert asked == kept["results"]
    results = experiments.pairs(kept["results"])
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


def quoted(name: str) -> dict:
    return {key: packing.unpack(value) for key, value in frozen(name)["values"].items()}


@pytest.mark.parametrize("name", ["rates", "batches", "betas"])
def test_no_best_rate_lies_at_an_end_of_its_grid(name):
    values = quoted(name)
    for case, column in values["error"].items():
        assert min(column) < values["best"][case] < max(column)
        if "good" in values:
            assert min(column) < values["good"][case][0] <= values["good"][case][1] < max(column)


@pytest.mark.parametrize("name", ["rates", "batches", "betas", "decays"])
def test_test_digits_choose_nothing(name):
    experiment, chosen = program.load(ROOT / "experiments" / f"{name}.py"), quoted(name)
    results = [(case, packing.unpack(result)) for case, result in frozen(name)["results"]]
    other = [(case, result | {"error": [100 - e for e in result["error"]]}) for case, result in results]
    values = experiment["values"](other)
    assert values["error"] != chosen["error"]
    assert all(values[key] == chosen[key] for key in ("best", "good") if key in chosen)


def test_differences_are_those_of_the_runs_of_one_seed():
    values = quoted("rates")
    top, gap = values["top"], values["gap"]
    for schedule in ("constant", "cosine"):
        pairs = zip(top["adamw", schedule], top["sgd", schedule], strict=True)
        assert gap["adamw", "sgd", schedule] == pytest.approx([a - b for a, b in pairs])
        assert gap["sgd", "adamw", schedule] == pytest.approx([-d for d in gap["adamw", "sgd", schedule]])


def test_validation_digits_are_the_last_and_are_not_trained_on(tmp_path, monkeypatch):
    shared = program.load(ROOT / "experiments" / "_softmax.py", tmp_path)
    data.furnish(tmp_path, data.unpacked(ROOT, ROOT / ".cache"))
    monkeypatch.chdir(tmp_path)
    (x, y), (x_held, y_held), (x_test, _) = shared["digits"]()
    labels = torch.from_numpy(np.fromfile(tmp_path / "data/MNIST/raw/train-labels-idx1-ubyte", np.uint8, offset=8).astype(int))
    assert (len(x), len(x_held), len(x_test)) == (8000, 2000, 10_000)
    assert torch.equal(torch.cat([y, y_held]), labels)


@pytest.mark.parametrize("name", ["decades", "best", "pairs"])
def test_examples_of_what_experiments_share_hold(name):
    shared = program.load(ROOT / "experiments" / "_softmax.py")
    (example,) = doctest.DocTestFinder().find(shared[name], name, globs=shared)
    assert doctest.DocTestRunner().run(example) == (0, 1)


@pytest.fixture
def counted(small, monkeypatch):
    """A small book with an experiment, and a function that measures cases and returns which were run."""
    path = small / "experiments" / "counted.py"
    path.parent.mkdir()
    path.write_text(COUNTED.replace("PLACE", repr(str(small / "runs"))))
    book, raw = Book(small), data.unpacked(small, small / ".cache")

    def measured(cases: list[dict]) -> str:
        (small / "runs").write_text("")
        program.load.cache_clear()
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


def test_what_a_lost_process_had_finished_is_read_and_not_run(counted, small):
    path, _ = counted
    (small / "kept").mkdir()
    for _ in range(2):  # the second is the one who is given the case when the first cannot tell
        assert experiments.one(path, small, small / "kept", {"a": 1, "seed": 0}) == (
            {"a": 1, "seed": 0},
            {"dict": ["error", 1.0]},
            "",
        )
    assert (small / "runs").read_text() == "10 "


def test_what_runs_afresh_is_not_kept(counted, small):
    path, measured = counted
    assert measured([{"a": 1, "seed": 0}]) == "10 "
    book, raw = Book(small), data.unpacked(small, small / ".cache")
    kept = {file: file.stat().st_mtime_ns for file in (small / ".cache" / "experiments").rglob("*.json")}
    experiments.measure(book, path, [{"a": 1, "seed": 0}], raw, "loky", 1, fresh=True)
    assert (small / "runs").read_text() == "10 10 "
    assert {file: file.stat().st_mtime_ns for file in (small / ".cache" / "experiments").rglob("*.json")} == kept


def test_cases_follow_from_results_until_none_does(counted, frozen_counted, small):
    path, freeze = frozen_counted
    change(path, "def values(", THEN + "\n\ndef values(")
    assert freeze() == "19 29 30 "
    assert freeze() == ""
    kept = json.loads((small / "data" / "experiments" / "counted.json").read_text())
    assert [case["seed"] for case, _ in kept["results"]] == [0, 1, 0, 1, 9, 9, 0]
    assert kept["values"]["error"]["list"][-1] == 3


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
    target.write_text(json.dumps({"program_sha256": program.digest(path), "small": results}))
    assert experiments.differing(path, target, results) == []
    assert experiments.differing(path, target, [(case, {"dict": ["error", 1.4]}) for case, _ in results]) == []
    assert "is 1.51, frozen is 1.1" in experiments.differing(path, target, other)[0]
    path.write_text(path.read_text() + "\nmore = 1\n")
    assert "has changed since" in experiments.differing(path, target, results)[0]


def test_bad_input_gets_a_sentence(small, monkeypatch):
    (small / "experiments").mkdir()
    with pytest.raises(BookError, match="no experiment nothing"):
        experiments.run(Book(small), ["nothing"], None, "loky", 1)
    monkeypatch.setitem(backends.CLUSTERS, "ray", ("ray", "no_such_module", "start"))
    with pytest.raises(BookError, match="the backend ray is not installed.*pip install 'ray'"):
        list(backends.spread(None, [{}], "ray", 1))


def test_nothing_is_started_when_nothing_is_missing(monkeypatch):
    monkeypatch.setitem(backends.CLUSTERS, "dask", ("dask", "no_such_module", "start"))
    assert list(backends.spread(None, [], "dask", 1)) == []


def test_a_cluster_does_not_hear_the_interrupt_and_is_closed(monkeypatch, small):
    seen = []

    class Cluster:
        def __init__(self, **how):
            seen.append(how)
            seen.append((signal.getsignal(signal.SIGINT), os.environ["DASK_LOGGING__DISTRIBUTED"]))

        def close(self):
            seen.append("closed")

    module = types.SimpleNamespace(Client=Cluster)
    for name in ("DASK_LOGGING__DISTRIBUTED", backends.NAMED):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "a_cluster", module)
    monkeypatch.setitem(backends.CLUSTERS, "dask", ("dask", "a_cluster", "Client"))
    heard = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), backends._cluster("dask", 3):
        raise KeyboardInterrupt
    assert seen == [{"n_workers": 3, "threads_per_worker": 1}, (signal.SIG_IGN, "error"), "closed"]
    assert signal.getsignal(signal.SIGINT) is heard


LOSING = """
import sys
from pathlib import Path
from downhill.execution import data
from downhill.frozen import experiments
from downhill.manuscript.book import Book

if __name__ == "__main__":
    small = Path(sys.argv[1])
    book, raw = Book(small), data.unpacked(small, small / ".cache")
    cases = [{"a": a, "seed": 0} for a in range(4)]
    found = experiments.measure(book, small / "experiments" / "waiting.py", cases, raw, "dask", 2)
    assert [case for case, _ in found] == cases
"""
WAITING = '''"""Writes down who runs what, and waits until a test lets it end."""

import os
import time


def run(a, seed):
    with open(PLACE + "begun", "a") as file:
        file.write(f"{a} {os.getpid()}\\n")
    while not os.path.exists(PLACE + f"go{a}"):
        time.sleep(0.05)
    with open(PLACE + "ended", "a") as file:
        file.write(f"{a}\\n")
    return a
'''


def test_of_two_workers_of_dask_one_is_killed_and_no_case_is_lost_or_ends_twice(small):
    (small / "experiments").mkdir()
    (small / "experiments" / "waiting.py").write_text(WAITING.replace("PLACE", repr(f"{small}/")))
    (small / "losing.py").write_text(LOSING)
    (small / "begun").touch()

    def begun() -> list[list[str]]:
        return [line.split() for line in (small / "begun").read_text().splitlines()]

    with subprocess.Popen([sys.executable, str(small / "losing.py"), str(small)]) as running:
        until(lambda: len(begun()) == 2 or running.poll() is not None)
        done, worker = begun()[0]
        (small / f"go{done}").touch()
        until(lambda: [pid for _, pid in begun()].count(worker) == 2)  # one case has ended in it, another has begun
        lost = next(a for a, pid in begun() if pid == worker and a != done)
        os.kill(int(worker), signal.SIGKILL)
        for a in range(4):
            (small / f"go{a}").touch()
        assert running.wait(PATIENCE) == 0
    assert sorted((small / "ended").read_text().split()) == ["0", "1", "2", "3"]
    assert sorted(a for a, _ in begun()) == sorted([*"0123", lost]), "only what was cut short begins again"


def test_a_resumed_run_says_at_once_what_is_there(counted, capsys):
    _, measured = counted
    cases = [{"a": a, "seed": 0} for a in (1, 2, 3)]
    measured(cases[:2])
    assert "are there" not in capsys.readouterr().out
    measured(cases)
    assert capsys.readouterr().out.startswith("counted, 10000 digits: 2 of 3 cases are there\n")


@pytest.fixture
def frozen_counted(counted, small, monkeypatch):
    """The experiment, frozen on the reduced digits as if they were all; and a function that freezes it again."""
    path, _ = counted
    monkeypatch.setattr(experiments.full, "originals", lambda folder: data.unpacked(small, small / ".cache"))

    def freeze() -> str:
        (small / "runs").write_text("")
        program.load.cache_clear()
        experiments.run(Book(small), [], small, "loky", 1)
        return (small / "runs").read_text()

    assert freeze() == "10 11 20 21 "
    return path, freeze


def test_a_frozen_file_is_left_alone_and_measures_nothing_again(frozen_counted, small):
    path, freeze = frozen_counted
    target = small / "data" / "experiments" / "counted.json"
    change(target, '"date": "20', '"date": "19')  # another day
    change(target, '"python": "3', '"python": "4')
    before = target.read_text()
    shutil.rmtree(small / ".cache" / "experiments")  # another clone
    assert freeze() == ""
    assert target.read_text() == before
    change(path, "(1, 2)", "(1, 2, 3)")
    assert freeze() == "30 31 "
    change(target, '"date": "20', '"date": "19')
    change(path, "CASES[:2]", "CASES[:1]")  # another question, the same answers
    assert freeze() == ""
    assert '"date": "19' in target.read_text()
    change(target, '"date": "19', '"date": "20')
    assert '"date": "20' in target.read_text()
    change(target, '"numpy": "', '"numpy": "0.')
    shutil.rmtree(small / ".cache" / "experiments")
    assert freeze() == "10 11 20 21 30 31 "


def test_frozen_files_that_do_not_fit_are_told_without_a_run(frozen_counted, small):
    path, _ = frozen_counted
    target, remedy = small / "data" / "experiments" / "counted.json", "run `make experiments NAMES=counted`"
    assert experiments.problems(Book(small)) == []
    written = target.read_text()
    for edit, said in [
        (lambda text: text[:40], "data/experiments/counted.json:2: cannot be read"),
        (lambda text: text.replace('"values"', '"value"'), "data/experiments/counted.json:1: cannot be read"),
        (lambda text: text.replace('"program_sha256": "', '"program_sha256": "0'), "frozen numbers are another program's"),
        (lambda text: text.replace('"question_sha256": "', '"question_sha256": "0'), "its cases or its values have changed"),
    ]:
        target.write_text(edit(written))
        (told,) = experiments.problems(Book(small))
        assert said in told
        assert remedy in told
    target.write_text(written)
    (small / "pyproject.toml").write_text('[project]\ndependencies = ["numpy==0.1"]\n')
    assert "measured with numpy" in experiments.problems(Book(small))[0]
    (small / "pyproject.toml").unlink()
    target.rename(target.with_name("gone.json"))
    assert [told.partition(";")[0] for told in experiments.problems(Book(small))] == [
        "experiments/counted.py:1: has no frozen numbers",
        "data/experiments/gone.json:1: there is no experiments/gone.py",
    ]


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
    step = program.load(ROOT / "experiments" / "_softmax.py")["step"]
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
