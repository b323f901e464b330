"""How far from the minimum noise keeps each method, as the noise grows."""

import matplotlib.pyplot as plt
import numpy as np


def ball(lr, sigma, beta=0.0):
    """Return the stationary variance of momentum SGD on a parabola of curvature 1.

    >>> f"{ball(0.05, 1):.9f} {ball(0.2, 3, 0.5):.9f}"
    '0.025641026 1.928571429'
    """
    return lr * sigma**2 * (1 + beta) / ((1 - beta) * (2 * (1 + beta) - lr))


def simulate(method, lr, beta, steps=2000, runs=1000):
    """Return the mean of x squared over the second half, for each noise level.

    >>> [np.allclose(c, ball(a, levels, b), 0.05) for c, (_, a, b) in zip(curves, runs)]
    [True, True, True, False]
    >>> np.allclose(curves[3][4:], ball(0.005 / levels, levels, 0.9)[4:], 0.05)
    True
    """
    rng, total = np.random.default_rng(0), 0.0
    x, m, s = (np.zeros((runs, len(levels))) for _ in range(3))
    for t in range(1, steps + 1):
        g = x + levels * rng.normal(size=x.shape)
        m, s = beta * m + g, 0.999 * s + 0.001 * g**2
        scale = (1 - beta) / (1 - beta**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        x = x - lr * m * (scale if method == "Adam" else 1)
        total += (x**2).mean(0) / (steps / 2) * (t > steps / 2)
    return total


levels = 10 ** np.linspace(-2, 1, 7)
runs = [("SGD", 0.05, 0), ("SGD", 0.05, 0.9), ("SGD", 0.005, 0.9), ("Adam", 0.05, 0.9)]
curves = [simulate(*run) for run in runs]
fig, ax = plt.subplots()
for curve, style in zip(curves, ("C0-", "C1o--", "C1o", "C3^:"), strict=True):
    ax.loglog(levels, curve, style)
ax.text(0.9, 0.4, "momentum", ha="right")
ax.text(0.35, 1e-4, "SGD, and momentum\nat a tenth of its rate")
ax.text(0.011, 1.2e-3, "Adam")
ax.set(xlabel="noise of a gradient", ylabel="mean squared distance")
plt.show()
