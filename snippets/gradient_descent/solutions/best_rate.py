"""The best constant learning rate for curvatures from 1 to 100."""

import numpy as np

curvature = np.array([1.0, 100.0])


def steps_to(tolerance, lr):
    """Return how many steps shrink every coordinate of (1, 1) to tolerance.

    >>> bool(abs(factor - 99 / 101) < 1e-9)
    True
    >>> [steps_to(1e-6, lr) for lr in (2 / 101, 0.01, 0.0199)]
    [691, 1375, 1375]
    >>> abs(best - 2 / 101) < 1e-6
    True
    >>> steps_to(1e-6, 0.02)
    Traceback (most recent call last):
    ValueError: with lr = 0.02 some coordinate never shrinks
    """
    slowest = np.abs(1 - lr * curvature).max()
    if slowest >= 1:
        raise ValueError(f"with lr = {lr} some coordinate never shrinks")
    return int(np.ceil(np.log(tolerance) / np.log(slowest)))


lrs = np.linspace(0.001, 0.02, 100001)
factors = np.abs(1 - np.outer(lrs, curvature)).max(axis=1)
best = float(lrs[factors.argmin()])
factor = float(np.abs(1 - 2 / 101 * curvature).max())
print(best, 2 / 101, factor)
