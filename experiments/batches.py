"""Batch sizes, powers of two and others, each over the same grid of learning rates."""

import statistics

from _softmax import by_seed, train

SEEDS = range(5)
GRID = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]
SIZES = (16, 32, 50, 63, 64, 65, 100, 128, 250, 256, 1000, 1024)
CASES = [{"batch": b, "whole": True, "lr": GRID, "seed": seed} for b in SIZES for seed in SEEDS] + [
    {"batch": b, "whole": False, "lr": GRID, "seed": seed} for b in (63, 64, 65) for seed in SEEDS
]
SMALL = [{"batch": 1000, "whole": True, "lr": [0.01], "seed": seed} for seed in SEEDS[:3]]


def run(batch, whole, lr, seed):
    """Train by plain SGD for five epochs, with or without the short batch at the end of each."""
    return train("sgd", lr=lr, batch=batch, whole=whole, seed=seed)


def values(results):
    """Return the errors by batch and rate, of whole batches and with the short one, and the best rate of each size."""
    error = by_seed([r for r in results if r[0]["whole"]], ["batch"], "error")
    short = by_seed([r for r in results if not r[0]["whole"]], ["batch"], "error")
    best = {}
    for batch, column in error.items():
        best[batch] = min(column, key={lr: statistics.fmean(errors) for lr, errors in column.items()}.get)
    return {"error": error, "short": short, "best": best}
