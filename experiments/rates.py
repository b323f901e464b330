"""Every method at every learning rate of a grid, under three schedules: how good the best is, and how wide the good range."""

import statistics

from _softmax import best, by_seed, decades, pairs, train

SEEDS = range(5)
CASES = [
    {"method": method, "schedule": schedule, "lr": decades(*grid), "seed": seed}
    for method, grid, schedules in (
        ("gd", (-3, 0), ["constant"]),
        ("sgd", (-4, 0), ["constant", "step", "cosine"]),
        ("momentum", (-4, 0), ["constant", "step", "cosine"]),
        ("nag", (-4, 0), ["constant", "cosine"]),
        ("adam", (-4, -1), ["constant", "cosine"]),
        ("adamw", (-4, -1), ["constant", "cosine"]),
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
    """Train 784-10 for five epochs, in whole batches of 64 (gd: all digits in one batch)."""
    return train(lr=lr, seed=seed, schedule=schedule, whole=True, **HOW[method])


def values(results):
    """Return test errors and losses; of each method and schedule the best rate and the ends of the good range, both chosen on
    validation digits, and the test errors at the best rate; and their differences between methods, (one, other, schedule).
    """
    error, loss, validation = (by_seed(results, ["method", "schedule"], what) for what in ("error", "loss", "validation"))
    rate, good, gap = {name: best(column) for name, column in validation.items()}, {}, {}
    for name, column in validation.items():
        mean = {lr: statistics.fmean(errors) for lr, errors in column.items()}
        within = [lr for lr in mean if mean[lr] <= mean[rate[name]] + 0.5]
        good[name] = (min(within), max(within))
    top = {name: error[name][lr] for name, lr in rate.items()}
    for schedule in dict.fromkeys(schedule for _, schedule in top):
        columns = {method: errors for (method, other), errors in top.items() if other == schedule}
        gap |= {(*two, schedule): differences for two, differences in pairs(columns).items()}
    return {"error": error, "loss": loss, "best": rate, "good": good, "top": top, "gap": gap}
