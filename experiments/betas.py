"""Momentum coefficients on a grid of effective learning rates, lr / (1 - beta)."""

import statistics

from _softmax import by_seed, decades, train

SEEDS = range(5)
CASES = [{"beta": beta, "effective": decades(-3, 0), "seed": seed} for beta in (0.0, 0.5, 0.9, 0.95, 0.99) for seed in SEEDS]
SMALL = [{"beta": 0.99, "effective": [0.01, 0.1], "seed": seed} for seed in SEEDS[:3]]


def run(beta, effective, seed):
    """Train by momentum SGD for five epochs."""
    return train("sgd", lr=[rate * (1 - beta) for rate in effective], beta=beta, seed=seed)


def values(results):
    """Return the errors by beta and effective rate, and the best effective rate of each beta."""
    error = by_seed(results, ["beta"], "error", rows="effective")
    best = {}
    for beta, column in error.items():
        best[beta] = min(column, key={rate: statistics.fmean(errors) for rate, errors in column.items()}.get)
    return {"error": error, "best": best}
