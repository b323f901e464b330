"""A parabola whose noise has no variance: how far SGD and Adam end, raw and clipped."""

import matplotlib.pyplot as plt
import numpy as np


def distances(clip=np.inf, adam=False, lr=0.01, steps=1000, runs=4000):
    """Return the distances to the minimum at the end of all runs, the greatest first.

    >>> bool(square["SGD"] > 100 * square["clipped"]), square["both"] < 0.01
    (True, True)
    >>> [f"{d[1999]:.2f} {d[39]:.1f}" for d in ends.values()]
    ['0.25 4.3', '0.05 0.2', '1.09 3.3', '0.05 0.2']
    >>> distances(0.5, lr=0.1, steps=1, runs=2).round(9).tolist()
    [4.95, 4.95]
    """
    rng, x, m, s = np.random.default_rng(0), np.full(runs, 5.0), 0.0, 0.0
    for t in range(1, steps + 1):
        g = x + rng.pareto(1.5, runs) * rng.choice([-1, 1], runs)
        g = g * np.minimum(1, clip / np.abs(g))
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        scaled = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        x = x - lr * (scaled if adam else g)
    return np.sort(np.abs(x))[::-1]


ends = {"SGD": distances(), "clipped": distances(1.0)}
ends |= {"Adam": distances(adam=True), "both": distances(1.0, adam=True)}
square = {name: float(np.mean(d**2)) for name, d in ends.items()}
share = np.arange(1, 4001) / 4000
fig, ax = plt.subplots()
for d, style in zip(ends.values(), ("C0-", "C0--", "C3-", "C3--"), strict=True):
    ax.loglog(d, share, style)
ax.text(8, 0.01, "SGD", color="C0")
ax.text(0.012, 0.02, "both, clipped")
ax.text(1.5, 0.9, "Adam", color="C3")
ax.set(xlabel="distance", ylabel="share of runs farther away", xlim=(0.01, 100))
plt.show()
