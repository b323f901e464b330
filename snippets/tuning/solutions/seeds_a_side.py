"""Seeds for each of two methods, until a gap is found four times out of five."""

import math
from statistics import NormalDist

import numpy as np

normal = NormalDist()


def seeds(gap, rho=0.0, power=0.8):
    """Return how many, for a gap in standard deviations of a run.

    Runs of one seed correlate with rho; with 0 they are as good as unpaired.

    >>> seeds(1), seeds(0.5), seeds(0.5, rho=0.8), seeds(1, power=0.9)
    (16, 63, 13, 22)
    """
    both = normal.inv_cdf(0.975) + normal.inv_cdf(power)
    return math.ceil(2 * (1 - rho) * (both / gap) ** 2)


def found(gap, n, rho=0.0, rounds=40_000):
    """Return how often the mean gap of n seeds is two standard errors from zero.

    >>> abs(found(1, 16) - 0.8) < 0.02, abs(found(0.5, 13, 0.8) - 0.8) < 0.02
    (True, True)
    """
    scatter = math.sqrt(2 * (1 - rho) / n)
    means = gap + scatter * np.random.default_rng(0).normal(size=rounds)
    return float(np.mean(abs(means) > normal.inv_cdf(0.975) * scatter))


counts = [seeds(1), seeds(0.5), seeds(0.5, rho=0.8)]
print(*counts)
