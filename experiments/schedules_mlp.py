"""Four schedules for four methods on a network with one hidden layer, each pair at its own best rate: errors in %."""

import _protocol
import mlp
from training import POINTS, train

SPACES = {"momentum": 0.0032, "nag": 0.0032, "adamw": 0.00032, "muon": 0.001}  # the lowest of six rates
SCHEDULES = ["constant", "cosine", "linear", "wsd"]
FRESH = range(100, 110)
SMALL = [{"method": "momentum", "schedule": "wsd", "lr": 0.1, "seed": seed} for seed in range(3)]


CASES = [
    case
    for method, lowest in SPACES.items()
    for schedule in SCHEDULES
    for case in _protocol.trials(method, _protocol.first(lowest), [schedule])
]


def run(method, schedule, lr, seed, device="cpu"):
    """Train once, as all are trained."""
    return train(mlp, method, schedule, lr, seed, mlp.STEPS, device)


def together(results):
    """Return results in which a method and its schedule are one contestant."""
    return [(case | {"method": f"{case['method']}, {case['schedule']}"}, result) for case, result in results]


def alike(one, other):
    """Return whether two contestants share their method or their schedule: these are compared, and no others."""
    return any(a == b for a, b in zip(one.split(", "), other.split(", "), strict=True))


def then(results):
    """Return what follows for each contestant as in a race: rates beyond an end or halfway, and then the fresh seeds."""
    more, fresh = [], []
    for contestant, column in _protocol.searched(together(results)).items():
        method, schedule = contestant.split(", ")
        more += _protocol.trials(method, _protocol.further(column), [schedule])
        fresh += _protocol.runs(method, *_protocol.best(column), FRESH)
    return more or fresh


def values(results):
    """Return what `_protocol.values` does of pairs that share a method or a schedule; target and tolerance are the race's.

    Of the contestants whose rate falls, `fall` has how much lower than at a constant rate their method ends, `told` how many of
    these differences can be told, and `peak` how many times the constant rate the chosen one is.
    """
    every, pairs = mlp.STEPS / POINTS, {"fresh": FRESH, "compared": alike}
    found = _protocol.values(together(results), guess=mlp.GUESS, target=5.0, tolerance=0.5, every=every, **pairs)
    rates = {contestant: lr for (contestant, _), lr in found["best"].items()}
    fall = {f"{method}, {schedule}": f"{method}, constant" for method in SPACES for schedule in SCHEDULES[1:]}
    return found | {
        "fall": {one: found["gap"][stays, one] for one, stays in fall.items()},
        "told": sum(found["chance"][stays, one] <= found["sure"] for one, stays in fall.items()),
        "peak": {one: rates[one] / rates[stays] for one, stays in fall.items()},
    }
