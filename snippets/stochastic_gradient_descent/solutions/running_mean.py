"""SGD that computes a mean: steps 1/t on squared distances to the numbers."""

import numpy as np


def sgd(numbers):
    """Return the last iterate of SGD on (x - c)**2 / 2, c in turn, with steps 1/t.

    >>> bool(abs(result - numbers.mean()) < 1e-12), sgd([3.0, 5.0]), len(numbers)
    (True, 4.0, 1000)
    """
    x = 123.0
    for t, c in enumerate(numbers, start=1):
        x = x - 1 / t * (x - c)
    return x


numbers = np.random.default_rng(0).normal(size=1000)
result = sgd(numbers)
print(f"{result:.12f} {numbers.mean():.12f}")
