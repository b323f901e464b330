"""Four schedules for two methods on a network with one hidden layer, each pair at its own best rate: errors in %."""

import _protocol
import mlp
from training import POINTS, train

SPACES = {"momentum": 0.0032, "adamw": 0.00032}  # the lowest of six rates
SCHEDULES = ["constant", "cosine", "linear", "wsd"]
SMALL = [{"method": "momentum", "schedule": "wsd", "lr": 0.1, "seed": seed} for seed in range(3)]


def trials(method, schedule, rates, seeds=_protocol.SEARCH):
    return [{"method": method, "schedule": schedule, "lr": lr, "seed": seed} for lr in rates for seed in seeds]


def first(lowest):
    """Return the rates of the first search: two in each factor of ten."""
    return [_protocol.rate(_protocol.number(lowest) + 2 * i) for i in range(_protocol.RATES)]


CASES = [case for method, lr in SPACES.items() for schedule in SCHEDULES for case in trials(method, schedule, first(lr))]


def run(method, schedule, lr, seed, device="cpu"):
    """Train once, as all are trained."""
    return train(mlp, method, schedule, lr, seed, mlp.STEPS, device)


def together(results):
    """Return results in which a method and its schedule are one contestant."""
    return [(case | {"method": f"{case['method']}, {case['schedule']}"}, result) for case, result in results]


def then(results):
    """Return what follows for each contestant as in a race: rates beyond an end or halfway, and then the fresh seeds."""
    more, fresh = [], []
    for contestant, column in _protocol.searched(together(results)).items():
        method, schedule = contestant.split(", ")
        more += trials(method, schedule, _protocol.further(column))
        fresh += trials(method, schedule, [_protocol.best(column)[1]], _protocol.FRESH)
    return more or fresh


def values(results):
    """Return what `_protocol.values` does; the target is 5% of errors, and what is within 0.5 points of the best is good."""
    return _protocol.values(together(results), guess=mlp.GUESS, target=5.0, tolerance=0.5, every=mlp.STEPS / POINTS)
