"""Stop the ball whenever it rolls uphill."""

import numpy as np


def momentum(restart, lr=0.01, beta=0.9, x=2.0, steps=400):
    """Return the path on the parabola, its start included.

    >>> counts, len(paths[0])
    ([145, 28], 401)
    """
    path, v = [x], 0.0
    for _ in range(steps):
        if restart and v * 2 * x > 0:
            v = 0.0
        v = beta * v - lr * 2 * x
        x = x + v
        path.append(x)
    return np.array(path)


def steps_to_stay(points, tolerance=1e-3):
    """Return the first step from which on every point is nearer than tolerance.

    >>> steps_to_stay([2e-3, 1e-3, 5e-4]), steps_to_stay([0])
    (2, 0)
    """
    if not abs(points[-1]) < tolerance:
        raise ValueError(f"the last point is not within {tolerance}")
    return int(max(np.flatnonzero(np.abs(points) >= tolerance) + 1, default=0))


paths = [momentum(restart) for restart in (False, True)]
counts = [steps_to_stay(path) for path in paths]
print(counts)
