"""How many steps until x stays within 0.001 of the minimum."""

import matplotlib.pyplot as plt
import numpy as np


def path(lr, x=2.0, steps=1000):
    points = [x]
    for _ in range(steps):
        x = x - lr * 2 * x
        points.append(x)
    return np.array(points)


def steps_to_stay(points, tolerance=1e-3):
    """Return the first step from which on every point is nearer than tolerance.

    >>> [table[lr] for lr in (0.01, 0.1, 0.5, 0.9, 0.99)]
    [377, 35, 1, 35, 377]

    It is the closed form log(tolerance / 2) / log|1 - 2 lr|, rounded up.

    >>> [int(np.ceil(np.log(1e-3 / 2) / np.log(1 - 2 * lr))) for lr in (0.01, 0.1)]
    [377, 35]
    """
    far = np.flatnonzero(np.abs(points) >= tolerance)
    return int(far[-1]) + 1


table = {lr: steps_to_stay(path(lr)) for lr in (0.01, 0.1, 0.5, 0.9, 0.99)}
lrs = np.arange(1, 100) / 100
counts = [steps_to_stay(path(lr)) for lr in lrs]

fig, ax = plt.subplots()
ax.semilogy(lrs, counts, "o", markersize=3)
for threshold in (0.5, 1):
    ax.axvline(threshold, color="0.5", linestyle="--")
ax.set(xlabel="learning rate", ylabel="steps")
plt.show()
