"""How many steps until x stays within 0.001 of the minimum."""

import matplotlib.pyplot as plt
import numpy as np


def path(lr, x=2.0, steps=4000):
    points = [x]
    for _ in range(steps):
        x = x - lr * 2 * x
        points.append(x)
    return np.array(points)


def steps_to_stay(points, tolerance=1e-3):
    """Return the first step from which on every point is nearer than tolerance.

    It is the closed form log(tolerance / 2) / log|1 - 2 lr|, rounded up.

    >>> list(table.values()), steps_to_stay(path(1e-3))
    ([377, 35, 1, 35, 377], 3797)
    >>> [int(np.ceil(np.log(5e-4) / np.log(1 - 2 * lr))) for lr in (0.01, 0.1, 1e-3)]
    [377, 35, 3797]
    >>> steps_to_stay([9e-4, 0]), steps_to_stay([2e-3, 1e-3, 5e-4])
    (0, 2)
    >>> steps_to_stay(path(1.1))  # no answer
    Traceback (most recent call last):
    ValueError: the last point is not within 0.001
    """
    if not abs(points[-1]) < tolerance:
        raise ValueError(f"the last point is not within {tolerance}")
    return 1 + max(np.flatnonzero(np.abs(points) >= tolerance).tolist(), default=-1)


table = {lr: steps_to_stay(path(lr)) for lr in (0.01, 0.1, 0.5, 0.9, 0.99)}
lrs = np.arange(1, 100) / 100
fig, ax = plt.subplots()
ax.semilogy(lrs, [steps_to_stay(path(lr)) for lr in lrs], "o", markersize=3)
for threshold, name in ((0.5, "$1/L$"), (1, "$2/L$")):
    ax.axvline(threshold, color="0.5", linestyle="--")
    ax.text(threshold - 0.015, 400, name, ha="right")
ax.set(xlabel="learning rate", ylabel="steps")
plt.show()
