"""Batch sizes, powers of two and others, each over the same grid of learning rates."""

from _softmax import best, by_seed, pairs, train

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
    """Return test errors by batch and rate, of whole batches and with the short one; the best rate of each size, chosen on
    validation digits; and the differences between the sizes at those rates.
    """
    whole = [result for result in results if result[0]["whole"]]
    error, validation = (by_seed(whole, ["batch"], what) for what in ("error", "validation"))
    short = by_seed([result for result in results if not result[0]["whole"]], ["batch"], "error")
    rate = {batch: best(column) for batch, column in validation.items()}
    gap = pairs({batch: error[batch][lr] for batch, lr in rate.items()})
    return {"error": error, "short": short, "best": rate, "gap": gap}
