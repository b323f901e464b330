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


paths = [momentum(restart) for restart in (False, True)]
counts = [int(np.flatnonzero(abs(path) >= 1e-3)[-1]) + 1 for path in paths]
print(counts)
