"""The batch that a Newton step needs, for an error of a tenth of the noise."""

import numpy as np


def batch(weights, error=0.1):
    """Return the batch at which the mean squared error is this share of the noise.

    >>> batches, abs(simulated - 0.5) < 0.06
    ([221, 86351, 11000000001], True)
    """
    return round(weights + 1 + weights / error)


batches = [batch(weights) for weights in (20, 7850, 10**9)]
rng, n = np.random.default_rng(0), batch(5, 0.5)
x, noise = rng.normal(size=(4000, n, 5)), rng.normal(size=(4000, n, 1))
simulated = float(((np.linalg.pinv(x) @ noise) ** 2).sum((1, 2)).mean())
print(*batches)
