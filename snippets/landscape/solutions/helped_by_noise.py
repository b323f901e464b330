"""A start at 1e-12 of the ridge of a saddle, without noise and with a little."""

import numpy as np


def wait(start, noise, q=1.2, runs=10_000):
    """Return the mean number of steps until a run is at least 1 away from the saddle.

    >>> [round(float(np.log(1 / y) / np.log(1.2)), 1) for y in (1e-2, 1e-6, 1e-12)]
    [25.3, 75.8, 151.6]
    >>> alone, 77 < helped < 79
    (152.0, True)
    """
    rng = np.random.default_rng(0)
    y, total = np.full(runs, start), 0
    while len(y):
        y = y[abs(y) < 1]
        total += len(y)
        y = q * y + noise * rng.normal(size=len(y))
    return total / runs


alone, helped = wait(1e-12, 0, runs=1), wait(1e-12, 1e-6)
print(f"{alone:.0f} {helped:.1f}")
