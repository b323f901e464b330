"""The longer the training, the more a way down is worth: the noisy valley again."""

import numpy as np

curvature, grid = np.geomspace(0.01, 1, 30), np.arange(0.01, 2, 0.002)


def least(shape, x0=1.0, sigma=0.1):
    """Return the best peak on a grid, and the expected loss at the end.

    >>> small = [(1 - lr * curvature) ** 2 * 4 + (lr * 3) ** 2 for lr in grid]
    >>> bool(abs(least([1.0], 2, 3)[1] - min(curvature @ s / 2 for s in small)) < 1e-9)
    True
    >>> [f"{line / constant:.2f}" for (_, constant), (_, line) in found]
    ['0.74', '0.69', '0.64', '0.58', '0.53']
    """
    square = np.full((len(grid), len(curvature)), x0**2)
    for part in shape:
        lr = part * grid[:, None]
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    end = square @ curvature / 2
    return float(grid[end.argmin()]), float(end.min())


horizons = [50, 100, 200, 400, 800]
found = [(least(np.ones(T)), least(1 - np.arange(T) / T)) for T in horizons]
for T, (constant, line) in zip(horizons, found, strict=True):
    print(T, f"{constant[0]:.2f} {constant[1]:.4f} {line[0]:.2f} {line[1]:.4f}")
