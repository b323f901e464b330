"""Momentum on the parabola against a plain step of the same effective length."""

import numpy as np


def steps_to_stay(lr, beta, x=2.0, tolerance=1e-3):
    """Return the first step from which on |x| stays below tolerance.

    >>> [round(critical, 6), *counts]
    [0.737157, 377, 145, 66, 35]
    """
    path, v = [x], 0.0
    for _ in range(1000):
        v = beta * v - lr * 2 * x
        x = x + v
        path.append(x)
    return int(np.flatnonzero(np.abs(path) >= tolerance)[-1]) + 1


critical = (1 - 0.02**0.5) ** 2
settings = ((0.01, 0), (0.01, 0.9), (0.01, critical), (0.1, 0))
counts = [steps_to_stay(lr, beta) for lr, beta in settings]
print(counts)
