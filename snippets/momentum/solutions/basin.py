"""From which starts, at rest, heavy ball falls into the cycle."""

import numpy as np


def momentum(x, lr=1 / 9, steps=600):
    """Return the last three points, from each of the starts x at rest.

    Each start ends in the cycle or at the minimum, and both happen.

    >>> bool(np.all(cycling | (np.abs(last).max(axis=0) < 1e-6)))
    True
    >>> f"{100 * share:.1f}"
    '12.4'
    >>> [round(float(x), 9) for (x,) in momentum(np.array([3.3]), steps=2)]
    [-3.2, 2.8]

    With lr = 1 / 25 all of them converge.

    >>> bool(np.abs(momentum(starts, lr=1 / 25)).max() < 1e-6)
    True
    """
    last, v = [], 0.0
    for _ in range(steps):
        v = 4 / 9 * v - lr * (25 * x - 24 * np.clip(x - 1, 0, 1))
        x = x + v
        last = [*last[-2:], x]
    return np.array(last)


starts = np.linspace(-5, 5, 1001)
last = momentum(starts)
cycle = np.array([[-2208], [792], [2592]]) / 1225
cycling = np.abs(np.sort(last, axis=0) - cycle).max(axis=0) < 1e-6
share = float(np.mean(cycling))
print(f"{100 * share:.1f}")
