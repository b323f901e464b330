"""What counts lies along a direction: how near nine trials come to it, by its angle."""

import matplotlib.pyplot as plt
import numpy as np


def mirrored(k, base):
    return k % base / base + mirrored(k // base, base) / base if k else 0.0


middles, rng = (np.arange(3) + 0.5) / 3, np.random.default_rng(0)
grid = np.stack(np.meshgrid(middles, middles), -1).reshape(-1, 2)
halton = np.array([[mirrored(k, 2), mirrored(k, 3)] for k in range(1, 10)])
random, targets = rng.random((20_000, 9, 2)), rng.random((20_000, 2))


def miss(points, degrees):
    """Return how far the nearest trial is from a random target, along one direction.

    >>> abs(miss(grid, 0) * 12 - 1) < 0.02, abs(miss(random, 0) * 55 / 3 - 1) < 0.04
    (True, True)
    >>> abs(miss(grid, 90) - miss(grid, 0)) < 0.002, best
    (True, 18)
    >>> [[f"{curve[at]:.3f}" for curve in curves] for at in (18, 45)]
    [['0.033', '0.059', '0.043'], ['0.061', '0.064', '0.081']]
    >>> [f"{distance:.2f}" for distance in plane]
    ['0.13', '0.18', '0.15']
    """
    u = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    return float(abs(points @ u - (targets @ u)[:, None]).min(1).mean())


sets = grid, random, halton
curves = [[miss(points, a) for a in range(91)] for points in sets]
plane = [np.linalg.norm(s - targets[:, None], axis=-1).min(1).mean() for s in sets]
best = int(np.argmin(curves[0][:46]))
fig, ax = plt.subplots(figsize=(4.8, 2.9))
ax.plot(curves[0], "-", color="C0", label="grid")
ax.plot(curves[1], "--", color="C1", label="random")
ax.plot(curves[2], "-.", color="C2", label="quasi-random")
ax.set(xlabel="direction that counts, in degrees", ylabel="mean distance")
ax.set(xticks=range(0, 91, 15), ylim=(0, 0.1), xlim=(0, 90))
ax.legend(loc="lower center", ncols=3)
plt.show()
