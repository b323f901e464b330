"""Momentum coefficients on a grid of effective learning rates, lr / (1 - beta)."""

from _softmax import best, by_seed, decades, pairs, train

SEEDS = range(5)
CASES = [{"beta": beta, "effective": decades(-3, 0), "seed": seed} for beta in (0.0, 0.5, 0.9, 0.95, 0.99) for seed in SEEDS]
SMALL = [{"beta": 0.99, "effective": [0.01, 0.1], "seed": seed} for seed in SEEDS[:3]]


def run(beta, effective, seed):
    """Train by momentum SGD for five epochs, in whole batches."""
    return train("sgd", lr=[rate * (1 - beta) for rate in effective], beta=beta, whole=True, seed=seed)


def values(results):
    """Return test errors by beta and effective rate; the best effective rate of each beta, chosen on validation digits; and the
    differences between the betas at those rates.
    """
    error, validation = (by_seed(results, ["beta"], what, rows="effective") for what in ("error", "validation"))
    rate = {beta: best(column) for beta, column in validation.items()}
    return {"error": error, "best": rate, "gap": pairs({beta: error[beta][lr] for beta, lr in rate.items()})}
