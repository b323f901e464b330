"""The noise ball of SGD with momentum: closed form against simulation."""

import matplotlib.pyplot as plt
import numpy as np


def ball(lr, beta, curvature=1.0, sigma=1.0):
    """Return the stationary variance on a parabola, in closed form.

    >>> [round(ball(lr, beta), 5) for lr, beta in pairs]
    [0.05263, 0.51351, 0.05013, 1.0]
    >>> abs(ball(0.05, 0.9, curvature=2, sigma=6) - 9 * ball(0.1, 0.9)) < 1e-9
    True
    """
    spread = 2 * (1 + beta) - lr * curvature
    return lr * sigma**2 * (1 + beta) / (curvature * (1 - beta) * spread)


def simulate(lr, beta, steps=900, runs=4000, curvature=1.0, sigma=1.0):
    """Return the mean of x squared after each step.

    >>> all(abs(v / ball(*pair) - 1) < 0.01 for v, pair in zip(late, pairs))
    True
    >>> [round(v, 9) for v in simulate(0.1, 0.9, 2, 1, curvature=2, sigma=0)]
    [100.0, 64.0, 21.16]
    """
    rng = np.random.default_rng(0)
    x, v, mean_square = np.full(runs, 10.0), 0.0, [100.0]
    for _ in range(steps):
        v = beta * v - lr * (curvature * x + sigma * rng.normal(size=runs))
        x = x + v
        mean_square.append(float(np.mean(x**2)))
    return mean_square


pairs = [(0.1, 0), (0.1, 0.9), (0.01, 0.9), (1.0, 0)]
curves = [simulate(*pair) for pair in pairs]
late, heights = [float(np.mean(c[300:])) for c in curves], (0.03, 0.33, 0.065, 1.2)
fig, ax = plt.subplots()
for (lr, beta), curve, height in zip(pairs, curves, heights, strict=True):
    (line,) = ax.semilogy(curve[:150], color="C1" if beta else "C0")
    ax.axhline(ball(lr, beta), color="0.5", linewidth=0.8)
    ax.text(92, height, rf"$\alpha = {lr},\ \beta = {beta}$", color=line.get_color())
ax.set(xlabel="step", ylabel="mean squared distance", ylim=(0.02, 150))
plt.show()
