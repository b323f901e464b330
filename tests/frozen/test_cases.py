"""Cases are kept as they end: none runs twice, none is lost, and none is taken for another device's."""

import os
import re
import signal
import subprocess
import sys

import pytest
import torch

from downhill import BookError
from downhill.frozen import cases
from downhill.manuscript.book import Book
from tests import PATIENCE
from tests.small import change, until


def test_what_was_measured_is_not_measured_again(counted):
    path, measured = counted
    asked = [{"a": a, "seed": 0} for a in (1, 2, 3)]
    assert measured(asked[:2]) == "10 20 "
    assert measured(asked) == "30 "
    path.write_text(path.read_text().replace("for a in (1, 2)", "for a in (1, 2, 3)"))
    assert measured(asked) == ""
    path.write_text(path.read_text().replace("0.1 * seed", "0.2 * seed"))
    assert measured(asked) == "10 20 30 "


def test_what_a_lost_process_had_finished_is_read_and_not_run(counted, small):
    path, _ = counted
    (small / "kept").mkdir()
    for _ in range(2):  # the second is the one who is given the case when the first cannot tell
        record, error = cases.one(path, small, small / "kept", cases.How(), {"a": 1, "seed": 0})
        assert record.pop("seconds") >= 0
        assert (record, error) == ({"case": {"a": 1, "seed": 0}, "result": {"dict": ["error", 1.0]}}, "")
    assert (small / "runs").read_text() == "10 "


def test_what_runs_afresh_is_not_kept(counted, small):
    path, measured = counted
    assert measured([{"a": 1, "seed": 0}]) == "10 "
    kept = {file: file.stat().st_mtime_ns for file in (small / ".cache" / "experiments").rglob("*.json")}
    assert measured([{"a": 1, "seed": 0}], fresh=True) == "10 "
    assert {file: file.stat().st_mtime_ns for file in (small / ".cache" / "experiments").rglob("*.json")} == kept


def test_a_failing_case_is_named(counted):
    path, measured = counted
    path.write_text(path.read_text().replace("return {", "return seed / 0, {"))
    with pytest.raises(BookError, match=r"counted\.py: run\(\*\*{'a': 1, 'seed': 0}\) ends in ZeroDivisionError"):
        measured([{"a": 1, "seed": 0}])


def test_a_resumed_run_says_at_once_what_is_there(counted, capsys):
    _, measured = counted
    asked = [{"a": a, "seed": 0} for a in (1, 2, 3)]
    measured(asked[:2])
    assert "are there" not in capsys.readouterr().out
    measured(asked)
    assert capsys.readouterr().out.startswith("counted, 10000 digits: 2 of 3 cases are there\n")


def test_the_time_that_is_left_is_told_from_what_ran(counted, capsys):
    path, measured = counted
    change(path, "    return {", "    sum(range(3_000_000))\n    return {")  # so that it costs anything
    measured([{"a": a, "seed": 0} for a in range(3)])
    lines = capsys.readouterr().out.splitlines()
    told = r"counted, 10000 digits: {} of 3 cases, about \d+ (s|min) left"
    assert [bool(re.fullmatch(told.format(i + 1), line)) for i, line in enumerate(lines)] == [True, True, False]


def test_what_ran_by_an_earlier_program_tells_what_cases_cost(counted, small):
    path, measured = counted
    measured([{"a": 1, "seed": 0}])
    change(path, "0.1 * seed", "0.2 * seed")
    experiment = cases.Experiment(Book(small), path, 10_000, cases.How())
    assert experiment.known([{"a": 1, "seed": 0}]) == [None]
    ((case, seconds),) = experiment.ran()
    assert (case, seconds >= 0) == ({"a": 1, "seed": 0}, True)


def test_results_of_another_device_are_kept_and_frozen_apart(counted, small, monkeypatch):
    path, measured = counted
    measured([{"a": 1, "seed": 0}])
    monkeypatch.setitem(cases.How.__dict__["label"].__dict__, "func", lambda how: "cuda, NVIDIA H100 80GB")
    elsewhere = cases.Experiment(Book(small), path, 10_000, cases.How(device="cuda"))
    assert elsewhere.known([{"a": 1, "seed": 0}]) == [None]
    assert elsewhere.ran() == []
    assert elsewhere.place == "data/experiments/cuda/counted.json"
    assert str(elsewhere) == "counted, 10000 digits, cuda, NVIDIA H100 80GB"


def test_a_device_is_named_by_what_it_is_or_refused():
    assert (cases.How().label, cases.How(device="meta").label) == ("cpu", "meta")
    with pytest.raises(BookError, match="--device kuda: torch has no such device here"):
        _ = cases.How(device="kuda").label


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is one here")
def test_a_device_that_is_not_here_is_refused():
    with pytest.raises(BookError, match="--device cuda: torch has no such device here .*leave it out for cpu"):
        _ = cases.How(device="cuda").label


def test_a_run_is_told_its_device_and_refuses_a_worker_with_another(counted, small):
    path, _ = counted
    change(path, "def run(a, seed):", "def run(a, seed, device=None):")
    change(path, '{"error": a + 0.1 * seed}', "device")
    (small / "kept").mkdir()
    asked = {"a": 1, "seed": 0}
    record, error = cases.one(path, small, small / "kept", cases.How(device="meta"), asked)
    assert (record["result"], record["case"], error) == ("meta", asked, "")
    other = cases.How(device="meta")
    vars(other)["label"] = "cuda, NVIDIA H100 80GB"  # as where the command was given
    (small / "other").mkdir()
    assert cases.one(path, small, small / "other", other, asked) == (
        None,
        "this is meta, not cuda, NVIDIA H100 80GB; a cluster needs one kind of device",
    )


LOSING = """
import sys
from pathlib import Path
from downhill.execution import data
from downhill.frozen import cases
from downhill.manuscript.book import Book

if __name__ == "__main__":
    small = Path(sys.argv[1])
    raw, path = data.unpacked(small, small / ".cache"), small / "experiments" / "waiting.py"
    asked = [{"a": a, "seed": 0} for a in range(4)]
    found = cases.measure(cases.Experiment(Book(small), path, 0, cases.How("dask", 2)), asked, raw)
    assert [record["case"] for record in found] == asked
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
