"""Every method at every learning rate of a grid, under three schedules: how good the best is, and how wide the good range."""

import statistics

from _softmax import by_seed, decades, train

SEEDS = range(5)
CASES = [
    {"method": method, "schedule": schedule, "lr": decades(*grid), "seed": seed}
    for method, grid, schedules in (
        ("gd", (-3, 0), ["constant"]),
        ("sgd", (-4, 0), ["constant", "step", "cosine"]),
        ("momentum", (-5, 0), ["constant", "step", "cosine"]),
        ("nag", (-5, 0), ["constant", "cosine"]),
        ("adam", (-5, -1), ["constant", "cosine"]),
        ("adamw", (-5, -1), ["constant", "cosine"]),
    )
    for schedule in schedules
    for seed in SEEDS
]
SMALL = [{"method": "nag", "schedule": "step", "lr": [3e-4, 0.01], "seed": seed} for seed in SEEDS[:3]]
HOW = {
    "gd": {"method": "sgd", "batch": 0},
    "sgd": {"method": "sgd"},
    "momentum": {"method": "sgd", "beta": 0.9},
    "nag": {"method": "nag", "beta": 0.9},
    "adam": {"method": "adam"},
    "adamw": {"method": "adamw", "decay": 0.01},
}


def run(method, schedule, lr, seed):
    """Train 784-10 for five epochs, batch 64 (gd: all digits in one batch)."""
    return train(lr=lr, seed=seed, schedule=schedule, **HOW[method])


def values(results):
    """Return errors and losses, the best rate of each method and schedule, its errors, and the ends of its good range."""
    error = by_seed(results, ["method", "schedule"], "error")
    best, good, top = {}, {}, {}
    for name, column in error.items():
        mean = {lr: statistics.fmean(errors) for lr, errors in column.items()}
        best[name] = min(mean, key=mean.get)
        within = [lr for lr in mean if mean[lr] <= mean[best[name]] + 0.5]
        good[name], top[name] = (min(within), max(within)), column[best[name]]
    loss = by_seed(results, ["method", "schedule"], "loss")
    return {"error": error, "loss": loss, "best": best, "good": good, "top": top}
