"""An exponential decay, two numbers, beside the best of all schedules."""

import numpy as np

curvature, T = np.geomspace(0.01, 1, 30), 200
grid, over = np.arange(0.1, 2, 0.002), np.arange(T) / T


def least(end, x0=1.0, sigma=0.1):
    """Return the best peak, and the loss, of a decay to this part of the peak.

    >>> best, f"{found[best][0]:.2f} {found[best][1]:.5f}", f"{least(1.0)[1]:.4f}"
    (0.04, '1.47 0.01881', '0.0307')
    >>> few = [(1 - lr * curvature) ** (2 * T) @ curvature * 2 for lr in grid]
    >>> bool(abs(least(1.0, 2, 0)[1] - min(few)) < 1e-9)
    True
    """
    square = np.full((len(grid), len(curvature)), x0**2)
    for part in end**over:
        lr = part * grid[:, None]
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    loss = square @ curvature / 2
    return float(grid[loss.argmin()]), float(loss.min())


ends = (0.3, 0.2, 0.1, 0.06, 0.05, 0.04, 0.03, 0.02)
found = {end: least(end) for end in ends}
best = min(found, key=lambda end: found[end][1])
print(*(f"{end}: {loss:.5f}" for end, (_, loss) in found.items()))
