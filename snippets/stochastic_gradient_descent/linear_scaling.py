"""A larger batch with its best learning rate: in proportion, up to the edge."""

import matplotlib.pyplot as plt
import numpy as np

curvature = np.array([1.0, 0.1])


def loss(lr, batch, t, sigma=1.0):
    """Return the expected loss after t steps of mini-batch SGD from (1, 1).

    >>> x, w, lr = np.ones(2), np.zeros(2), 0.3
    >>> for _ in range(7):
    ...     x, w = x - lr * curvature * x, (1 - lr * curvature) ** 2 * w + lr**2 / 2
    >>> bool(abs(loss(lr, 8, 7, sigma=2.0) - curvature @ (x**2 + w) / 2) < 1e-12)
    True
    """
    ball = lr * sigma**2 / batch / (curvature * (2 - lr * curvature))
    return float(curvature @ (ball + (1 - lr * curvature) ** (2 * t) * (1 - ball)) / 2)


def steps(lr, batch, target=1e-3, most=10**6):
    """Return how many steps it takes to the target; most, if it takes more.

    >>> f"{best[5][1] / best[0][1]:.1f} {best[0][0] / best[5][0]:.1f} {best[-1][0]}"
    '31.7 31.6 11'
    """
    low, high = 0, most
    while high - low > 1:
        t = (low + high) // 2
        low, high = (t, high) if loss(lr, batch, t) > target else (low, t)
    return high


batches, rates = 2.0 ** np.arange(17), np.geomspace(1e-3, 1.99, 300)
best = [min((steps(lr, B), float(lr)) for lr in rates) for B in [*batches, np.inf]]
fig, axes = plt.subplots(2, 1, sharex=True, figsize=(4.8, 4.8))
for ax, values, power in zip(axes, np.array(best[:-1]).T, (-1, 1), strict=True):
    ax.loglog(batches, values, marker="o")
    ax.loglog(batches, values[0] * batches**power, color="0.5", linewidth=1)
axes[1].axhline(2, color="k", linewidth=1)
axes[1].text(1, 2.4, r"$2 / L$")
axes[0].set(ylabel="steps to the target", ylim=(5, 4e4))
axes[1].set(xlabel="batch size", ylabel="best learning rate", ylim=(1e-3, 8))
plt.show()
