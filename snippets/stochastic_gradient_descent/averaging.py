"""The mean of the iterates: a constant learning rate that arrives after all."""

import matplotlib.pyplot as plt
import numpy as np


def squared_distance(t, skip=0, lr=0.1, x0=10.0, curvature=1.0, sigma=1.0):
    """Return E[m**2], m the mean of the iterates after skip up to t, on a parabola.

    >>> mean = (2.5 * 0.4 * 1.4 / 2) ** 2 + (0.2 * 2 / 2) ** 2 * (1.4**2 + 1)
    >>> bool(abs(squared_distance(2, 0, 0.2, 2.5, 3.0, 2.0) - mean) < 1e-9)
    True
    >>> last = (0.4**2 * 2.5) ** 2 + (0.2 * 2) ** 2 * (1 + 0.4**2)
    >>> bool(abs(squared_distance(2, 1, 0.2, 2.5, 3.0, 2.0) - last) < 1e-9)
    True
    >>> [f"{v:.2g}" for v in ends], crossings, f"{10**6 * squared_distance(10**6):.3f}"
    (['0.053', '0.00018', '0.0002'], [402, 56], '1.008')
    """
    a, count = 1 - lr * curvature, t - skip
    ball = (lr * sigma) ** 2 / (1 - a**2)
    start = ball + a ** (2.0 * skip) * (x0**2 - ball)
    memory = a * (1 - a ** (1.0 * count)) / (1 - a)
    noise = count - 2 * memory + a**2 * (1 - a ** (2.0 * count)) / (1 - a**2)
    return (memory**2 * start + (lr * sigma / (1 - a)) ** 2 * noise) / count**2


t = np.arange(2, 10_001)
curves = [squared_distance(t, skip) for skip in (t - 1, 0, t // 2)]
ends = [float(curve[-1]) for curve in curves]
crossings = [int(t[np.argmax(curve < curves[0])]) for curve in curves[1:]]
fig, ax = plt.subplots()
few = np.unique(np.geomspace(1, len(t), 150).astype(int)) - 1
for curve in curves:
    ax.loglog(t[few], curve[few], color="C0")
ax.loglog(t[few], 1 / t[few], color="0.5", linewidth=1)
ax.text(5, 0.05, r"$1/t$")
ax.text(1200, 0.08, "last iterate")
ax.text(130, 1.5, "mean of all")
ax.text(2.5, 0.0006, "mean of the last half")
ax.set(xlabel="step", ylabel="mean squared distance")
plt.show()
