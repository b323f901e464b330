"""How many seeds show a difference, and how many when the runs are paired."""

import math

import numpy as np


def seeds(difference, sd, rho=0.0):
    """Return how many seeds make the difference of two methods 3 standard errors.

    >>> [seeds(d, 0.1) for d in (0.5, 0.2, 0.1, 0.05)]
    [1, 5, 18, 72]
    >>> [seeds(0.1, 0.1, rho) for rho in (0.5, 0.8, 0.9)]
    [9, 4, 2]
    """
    return math.ceil(round(2 * (1 - rho) * (3 * sd / difference) ** 2, 9))


def wrong_order(difference, sd, n, rho=0.0, trials=100_000):
    """Return how often the worse of two methods looks better on n seeds.

    Runs of one seed share a part of their luck, so that they correlate with rho.

    >>> few, many = wrong_order(0.1, 0.1, 1), wrong_order(0.1, 0.1, 18)
    >>> 0.22 < few < 0.26, many < 0.005
    (True, True)
    >>> abs(wrong_order(0.2, 0.2, 1, 0.75) - wrong_order(0.2, 0.2, 4)) < 0.006
    True
    """
    rng = np.random.default_rng(0)
    shared, own = rng.normal(size=trials), rng.normal(size=(2, trials))
    means = math.sqrt(rho) * shared + math.sqrt(1 - rho) * own
    return float(np.mean((means[0] - means[1]) * sd / math.sqrt(n) > difference))


share = [wrong_order(0.1, 0.1, n) for n in (1, 5, 18)]
paired = [wrong_order(0.1, 0.1, n, 0.8) for n in (1, 4, 5)]
print(*(f"{s:.3f}" for s in share))
print(*(f"{s:.3f}" for s in paired))
