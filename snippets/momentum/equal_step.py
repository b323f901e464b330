"""The same comparison at equal effective step, and run to the end."""

import numpy as np


def momentum(lr, beta, x=2.0, steps=500):
    path, v = [x], 0.0
    for _ in range(steps):
        v = beta * v - lr * 2 * x
        x = x + v
        path.append(x)
    return np.array(path)


def steps_to_stay(path, tolerance=1e-3):
    """Return the first step from which on every point is nearer than tolerance.

    >>> counts, f"{critical:.9f} {period:.1f}", steps_to_stay(np.zeros(9))
    ([377, 145, 66, 35], '0.737157288 46.4', 0)

    Only beta = 0.9 ever crosses the minimum; its swings shrink by 0.9**0.5 a step.

    >>> [int(np.sum(path[1:80] * path[:79] < 0)) for path in paths]
    [0, 3, 0, 0]
    >>> bool(abs(abs(roots[0]) - 0.9**0.5) < 1e-9)
    True

    A run that ends outside has no answer.

    >>> steps_to_stay(np.array([0, 1e-3]))
    Traceback (most recent call last):
    ValueError: the last point is not within 0.001
    """
    if not abs(path[-1]) < tolerance:
        raise ValueError(f"the last point is not within {tolerance}")
    return int(max(np.flatnonzero(np.abs(path) >= tolerance) + 1, default=0))


critical = (1 - 0.02**0.5) ** 2
settings = [(0.01, 0), (0.01, 0.9), (0.01, critical), (0.1, 0)]
paths = [momentum(lr, beta) for lr, beta in settings]
counts = [steps_to_stay(path) for path in paths]
roots = np.roots([1, -(1 + 0.9 - 0.02), 0.9])
period = float(2 * np.pi / abs(np.angle(roots[0])))
print(*counts, f"{period:.1f}")
