"""The expected loss of SGD in a noisy valley, step by step, without a simulation."""

import matplotlib.pyplot as plt
import numpy as np

curvature, T = np.geomspace(0.01, 1, 30), 200
over = np.arange(T) / T  # how much of the training is over


def losses(rates, x0=1.0, sigma=0.1):
    """Return E f after each step, exactly: a column for each column of rates.

    >>> by_hand = (1 - 0.5 * curvature) ** 2 * 4 + (0.5 * 3) ** 2
    >>> one = losses(np.array([[0.5]]), 2, 3)
    >>> pair = curvature.sum() * 4 / 2, curvature @ by_hand / 2
    >>> bool(np.allclose(one[:, 0], pair, rtol=0, atol=1e-9))
    True
    >>> [f"{peak:.3f} {path[200]:.6f}" for peak, path in zip(peaks, paths)]
    ['0.266 0.030660', '0.814 0.019593', '0.808 0.020764']
    """
    square = np.full((rates.shape[1], len(curvature)), x0**2)
    path = [square @ curvature / 2]
    for lr in rates[:, :, None]:
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
        path.append(square @ curvature / 2)
    return np.array(path)


grid, peaks, paths = np.arange(0.01, 2, 0.001), [], []
for shape in (over**0, 1 - over, (1 + np.cos(np.pi * over)) / 2):
    every = losses(np.outer(shape, grid))
    best = every[-1].argmin()
    peaks.append(float(grid[best]))
    paths.append(every[:, best].tolist())
high = losses(np.full((T, 1), peaks[1]))[:, 0].tolist()
fig, ax = plt.subplots()
ax.semilogy(paths[0], "C0-", paths[1], "C0--", high, "C0:")
ax.text(110, 0.017, "linear")
ax.text(140, 0.047, "constant")
ax.text(70, 0.14, "constant, at the peak of the line")
ax.set(xlabel="step", ylabel="expected loss", ylim=(0.013, 4))
plt.show()
