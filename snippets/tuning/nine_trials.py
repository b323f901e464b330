"""Nine trials with two hyperparameters, of which one counts, laid out in three ways."""

import matplotlib.pyplot as plt
import numpy as np


def grid(m):
    middles = (np.arange(m) + 0.5) / m
    return np.stack(np.meshgrid(middles, middles), -1).reshape(-1, 2)


def mirrored(k, base):
    """Return k with its digits behind the point and in the reverse order.

    >>> mirrored(6, 2) == 0.375, round(mirrored(5, 3) * 9, 9)  # 110 and 12
    (True, 7.0)
    """
    return k % base / base + mirrored(k // base, base) / base if k else 0.0


def miss(values):
    """Return how far the nearest value is from a uniformly random target, on average.

    >>> [round(36 * miss(v), 9) for v in (grid(3)[:3, 1], grid(3)[:, 0], grid(9)[:, 0])]
    [13.0, 3.0, 1.0]
    >>> round(miss(np.array([0.3])), 9), f"{misses[1]:.4f} {misses[2]:.4f}"
    (0.29, '0.0545 0.0322')
    """
    v = np.sort(values)
    ends, gaps = np.array([v[0], 1 - v[-1]]), np.diff(v)
    return float((ends**2).sum() / 2 + (gaps**2).sum() / 4)


halton = np.array([[mirrored(k, 2), mirrored(k, 3)] for k in range(1, 10)])
sets = grid(3), np.random.default_rng(1).random((9, 2)), halton
draws = np.random.default_rng(0).random((20_000, 9))
misses = [miss(grid(3)[:, 0]), np.mean([miss(v) for v in draws]), miss(halton[:, 0])]
fig, axes = plt.subplots(1, 3, sharey=True, figsize=(4.8, 2.2))
for ax, points in zip(axes, sets, strict=True):
    ax.plot(*points.T, "o", points[:, 0], [-0.12] * 9, "|", color="C0", ms=6, mew=1.6)
    ax.set(xlim=(0, 1), ylim=(-0.22, 1), xticks=(), yticks=(), xlabel="it counts")
axes[0].set(ylabel="it does not", title="grid")
axes[1].set_title("random")
axes[2].set_title("quasi-random")
plt.show()
