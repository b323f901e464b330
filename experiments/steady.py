"""Each method of each race once more, at the rate that its race has chosen, which now stays: what it costs not to fall."""

import _frozen
import _protocol
import convnet
import linear
import mlp
import transformer
import zipf
from training import train

AFTER = ["race_linear", "race_mlp", "race_convnet", "race_zipf", "race_transformer"]
MODELS = {"linear": linear, "mlp": mlp, "convnet": convnet, "zipf": zipf, "transformer": transformer}
CASES = [
    {"model": race.removeprefix("race_"), "method": method, "lr": lr, "seed": seed}
    for race in AFTER
    for method, column in _protocol.searched(_frozen.frozen(race)).items()
    for schedule, lr in [_protocol.best(column)]
    if schedule != "constant"
    for seed in _protocol.FRESH
]
SMALL = [{"model": "linear", "method": "momentum", "lr": 0.056, "seed": seed} for seed in range(3)]


def run(model, method, lr, seed):
    """Train once, as all are trained, at a rate that stays."""
    return train(MODELS[model], method, "constant", lr, seed, MODELS[model].STEPS)


def values(results):
    """Return what pages quote, each by (model, method), of the fresh seeds.

    `score` has the mean test score and half of its 95% interval; `gap` the same of its difference to the race's, in which the
    rate falls, seed by seed; `chance` how often chance alone would do that, corrected for the methods of the model; `runaway`
    how many runs were no better than a guess.
    """
    stayed, apart = {}, {}
    for case, result in results:
        stayed.setdefault((case["model"], case["method"]), {})[case["seed"]] = result["test"]
    fell = {race.removeprefix("race_"): _frozen.fresh(_frozen.frozen(race)) for race in AFTER}
    for (model, method), tests in stayed.items():
        apart[model, method] = [test - fell[model][method][seed] for seed, test in tests.items()]
    chances = {}
    for model in MODELS:
        found = {key: _protocol.chance(differences) for key, differences in apart.items() if key[0] == model}
        chances |= _protocol.corrected(found)
    return {
        "score": {key: _protocol.interval([*tests.values()]) for key, tests in stayed.items()},
        "gap": {key: _protocol.interval(differences) for key, differences in apart.items()},
        "chance": chances,
        "runaway": {key: sum(test >= MODELS[key[0]].GUESS for test in tests.values()) for key, tests in stayed.items()},
        "sure": _protocol.SURE,
    }
