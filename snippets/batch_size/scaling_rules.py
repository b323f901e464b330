"""A larger batch, and three rules for the rate: which one keeps the noise ball?"""

import matplotlib.pyplot as plt
import numpy as np


def sgd_ball(lr, k, sigma=1.0):
    """Return the noise ball of SGD on x^2 / 2 with k times the batch.

    >>> [round(sgd_ball(k / 20, k), 5) for k in (1, 8, 32, 40)], sgd_ball(1, 4, 3)
    ([0.02564, 0.03125, 0.125, inf], 2.25)
    """
    return lr * sigma**2 / k / (2 - lr) if lr < 2 else np.inf


def adam_ball(lr, k, sigma=30.0, runs=2000):
    """Return the noise ball of Adam there, measured, once the start is forgotten.

    >>> all(0.95 < b / 0.149 < 1.06 for b in adam[1]), round(adam_ball(3, 1000), 9)
    (True, 0.09)
    >>> [0.95 < ball / k**0.5 / 0.149 < 1.06 for ball, k in zip(adam[2], ks)]
    [True, True, True, True]
    """
    rng, steps, sizes = np.random.default_rng(0), int(6 * sigma / k**0.5 / lr), []
    x, m, s = np.zeros(runs), np.zeros(runs), np.full(runs, sigma**2 / k)
    for _ in range(steps):
        g = x + sigma / k**0.5 * rng.standard_normal(runs)
        m, s = m + 0.1 * (g - m), s + 0.001 * k * (g**2 - s)
        x = x - lr * m / np.sqrt(s)
        sizes.append(np.mean(x**2))
    return float(np.mean(sizes[steps // 2 :]))


ks, powers = [1, 4, 16, 64], [0, 0.5, 1]
sgd = [[sgd_ball(0.05 * k**power, k) for k in ks] for power in powers]
adam = [[adam_ball(0.01 * k**power, k) for k in ks] for power in powers]
fig, axes = plt.subplots(2, sharex=True, figsize=(4.8, 5.4))
for ax, balls in zip(axes, (sgd, adam), strict=True):
    ax.loglog(ks, np.transpose(balls) / balls[0][0], marker="o")
    ax.set(ylabel="noise ball, relative", ylim=(0.01, 20))
axes[0].set_title("SGD")
axes[1].set_title("Adam")
axes[0].legend(["same rate", "square-root rule", "linear rule"])
axes[1].set(xlabel="times the batch", xticks=ks, xticklabels=ks)
plt.show()
