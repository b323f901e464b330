"""Shuffled passes against independent draws: how far from the minimum SGD stays."""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
n, d = 100, 5
A = rng.normal(size=(n, d))
b = A @ np.ones(d) + rng.normal(size=n)
best = np.linalg.lstsq(A, b)[0]


def stay(lr, reshuffle, runs=100):
    """Return the mean squared distance to the minimum at the ends of the epochs.

    >>> slopes = [np.polyfit(np.log(rates), np.log(c), 1)[0] for c in curves]
    >>> bool(abs(slopes[0] - 1) < 0.2), bool(abs(slopes[1] - 3) < 0.5)
    (True, True)
    >>> noise = A.T * (A @ best - b) ** 2 @ A / n
    >>> V = 0.001 / 2 * np.trace(np.linalg.solve(A.T @ A / n, noise))
    >>> bool(abs(curves[0][0] / V - 1) < 0.12), round(curves[0][0] / curves[1][0], -2)
    (True, 900.0)
    """
    x, seen = np.tile(best, (runs, 1)), []
    for _ in range(int(4 / (lr * n)) + 20):
        if reshuffle:
            order = rng.permuted(np.tile(np.arange(n), (runs, 1)), axis=1)
        else:
            order = rng.integers(n, size=(runs, n))
        for rows in order.T:
            error = np.sum(A[rows] * x, axis=1) - b[rows]
            x -= lr * error[:, None] * A[rows]
        seen.append(float(np.mean(np.sum((x - best) ** 2, axis=1))))
    return float(np.mean(seen[len(seen) // 2 :]))


rates = [0.001, 0.002, 0.005, 0.01, 0.02]
curves = [[stay(lr, reshuffle) for lr in rates] for reshuffle in (False, True)]
fig, ax = plt.subplots()
ax.loglog(rates, curves[0], marker="o", label="with replacement")
ax.loglog(rates, curves[1], marker="s", label="reshuffled every epoch")
ax.set(xlabel="learning rate", ylabel="mean squared distance")
ax.legend()
plt.show()
