"""How many seeds it takes to see a difference."""

import math

import numpy as np


def seeds(difference, sd):
    """Return how many seeds of each method make the difference 3 standard errors.

    >>> [seeds(d, 0.1) for d in (0.5, 0.2, 0.1, 0.05)]
    [1, 5, 18, 72]
    """
    return math.ceil(round(2 * (3 * sd / difference) ** 2, 9))


def wrong_order(difference, sd, n, trials=100_000):
    """Return how often the worse of two methods looks better on n seeds.

    >>> few, many = wrong_order(0.1, 0.1, 1), wrong_order(0.1, 0.1, 18)
    >>> 0.22 < few < 0.26, many < 0.005
    (True, True)
    """
    rng = np.random.default_rng(0)
    means = sd / math.sqrt(n) * rng.normal(size=(2, trials))
    return float(np.mean(means[0] > difference + means[1]))


share = [wrong_order(0.1, 0.1, n) for n in (1, 5, 18)]
print(*(f"{s:.3f}" for s in share))
