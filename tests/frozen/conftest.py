"""Fixtures: a small book with an experiment that counts its runs."""

import pytest

from downhill.execution import data
from downhill.frozen import cases, experiments, program
from downhill.manuscript.book import Book

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
SIGNS = '''"""Steps along the signs of a mean of the gradients."""

import torch


class Signs(torch.optim.Optimizer):
    def __init__(self, parameters, lr, beta=0.9):
        super().__init__(parameters, {"lr": lr, "beta": beta})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for x in group["params"]:
                m = self.state[x].setdefault("m", torch.zeros_like(x))
                m.lerp_(x.grad, 1 - group["beta"])
                x.sub_(group["lr"] * m.sign())
'''


@pytest.fixture
def counted(small):
    """An experiment, and a function that measures cases and returns which were run."""
    path = small / "experiments" / "counted.py"
    path.parent.mkdir()
    path.write_text(COUNTED.replace("PLACE", repr(str(small / "runs"))))
    raw = data.unpacked(small, small / ".cache")

    def measured(asked: list[dict], fresh: bool = False) -> str:
        (small / "runs").write_text("")
        program.load.cache_clear()
        cases.measure(cases.Experiment(Book(small), path, cases.training(raw), cases.How()), asked, raw, fresh)
        return (small / "runs").read_text()

    return path, measured


@pytest.fixture
def frozen_counted(counted, small, monkeypatch):
    """The experiment, frozen on the reduced digits as if they were all; and a function that freezes it again."""
    path, _ = counted
    monkeypatch.setattr(data, "ALL", 10_000)
    monkeypatch.setattr(experiments.full, "originals", lambda folder: data.unpacked(small, small / ".cache"))

    def freeze(**asked) -> str:
        (small / "runs").write_text("")
        program.load.cache_clear()
        experiments.run(Book(small), [], small, **asked)
        return (small / "runs").read_text()

    assert freeze() == "10 11 20 21 "
    return path, freeze
