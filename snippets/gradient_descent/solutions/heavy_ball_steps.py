"""Momentum on the parabola against a plain step of the same effective length."""

import numpy as np


def steps_to_stay(lr, beta, x=2.0, tolerance=1e-3, steps=1000):
    """Return the first step from which on |x| stays below tolerance.

    >>> [round(critical, 6), *counts]
    [0.737157, 377, 145, 66, 35]
    >>> steps_to_stay(0.1, 0, steps=68), steps_to_stay(0.1, 0, x=5e-4)
    (35, 0)

    Too few steps have no answer, and neither has a rate that diverges.

    >>> steps_to_stay(0.1, 0, steps=67)
    Traceback (most recent call last):
    ValueError: |x| has not stayed below 0.001
    """
    path, v = [x], 0.0
    for _ in range(steps):
        v = beta * v - lr * 2 * x
        x = x + v
        path.append(x)
    far = np.flatnonzero(~(np.abs(path) < tolerance))
    if len(far) and 2 * far[-1] > steps:
        raise ValueError(f"|x| has not stayed below {tolerance}")
    return int(far[-1]) + 1 if len(far) else 0


critical = (1 - 0.02**0.5) ** 2
settings = ((0.01, 0), (0.01, 0.9), (0.01, critical), (0.1, 0))
counts = [steps_to_stay(lr, beta) for lr, beta in settings]
print(counts)
