"""A learning rate drawn uniformly, and one whose logarithm is."""

import math

import numpy as np


def trials(share, sure=0.95):
    """Return how many draws hit this share with this chance.

    >>> trials(0.2), trials(0.009 / (1 - 1e-5))
    (14, 332)
    """
    return math.ceil(math.log(1 - sure) / math.log(1 - share))


def shares(low, high, draws=400_000):
    """Return which share of draws from [1e-5, 1] is there: uniform, log-uniform.

    >>> uniform, by_logarithm = shares(1e-3, 1e-2)
    >>> abs(uniform - 0.009) < 0.0006, abs(by_logarithm - 0.2) < 0.003
    (True, True)
    >>> shares(1e-5, 1)
    [1.0, 1.0]
    """
    u = np.random.default_rng(0).random(draws)
    kinds = 1e-5 + (1 - 1e-5) * u, 10 ** (-5 + 5 * u)
    return [float(np.mean((rate > low) & (rate < high))) for rate in kinds]


exact = [(1e-2 - 1e-3) / (1 - 1e-5), 1 / 5]
needed = [trials(share) for share in exact]
print(*needed)
