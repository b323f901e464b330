"""Gradient descent on the linear softmax of a race, every digit in every step: as many passes as there, and as many steps."""

import contextlib
from statistics import fmean

import _frozen
import _protocol
import linear
import torch
from _protocol import then  # noqa: F401
from methods import SCHEDULES
from torch.optim import SGD
from training import score, step

AFTER = ["race_linear"]
STEPS = {"passes": 1, "steps": linear.STEPS}  # a step is a pass, and the race has not two of these
SPACES = {"passes": 0.01, "steps": 0.01}  # the lowest of six rates
CASES = _protocol.cases(SPACES)
SMALL = [{"method": "passes", "schedule": "cosine", "lr": 0.1, "seed": seed} for seed in range(3)]


def run(method, schedule, lr, seed):
    """Train once, from where a race begins with this seed; the method says how many steps."""
    torch.manual_seed(seed)
    (x, y), *held = linear.data()
    model, steps = linear.model(), STEPS[method]
    optimizer = SGD(model.parameters(), lr)
    for t in range(steps):
        optimizer.param_groups[0]["lr"] = lr * SCHEDULES[schedule](t, steps)
        before = step(model, [optimizer], x, y, contextlib.nullcontext())
    validation, test = (score(linear, model, *part) for part in held)
    return {"validation": validation, "test": test, "loss": round(before, 5)}


def values(results):
    """Return what pages quote, each by `passes` and `steps`: of which there were as many as in the race.

    `search` has the mean validation errors, {rate: mean}, `best` the rate that was chosen by them, `score` the mean test error
    of the fresh seeds and half of its 95% interval, and `gap` the same of its difference to SGD in the race, seed by seed.
    """
    columns, ended = _protocol.searched(results), _frozen.fresh(results)
    rival = _frozen.fresh(_frozen.frozen(*AFTER))["sgd"]
    apart = {method: [test - rival[seed] for seed, test in tests.items()] for method, tests in ended.items()}
    return {
        "search": {m: {lr: round(fmean(each), 4) for (_, lr), each in sorted(column.items())} for m, column in columns.items()},
        "best": {method: _protocol.best(column)[1] for method, column in columns.items()},
        "score": {method: _protocol.interval([*tests.values()]) for method, tests in ended.items()},
        "gap": {method: _protocol.interval(differences) for method, differences in apart.items()},
    }
