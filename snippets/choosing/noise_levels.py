"""How far from the minimum noise keeps each method, as the noise grows."""

import matplotlib.pyplot as plt
import numpy as np

levels = 10 ** np.linspace(-2, 1, 7)


def ball(lr, sigma, beta=0.0):
    """Return the stationary variance of momentum SGD on a parabola of curvature 1.

    >>> abs(ball(0.05, 1, 0.9) / ball(0.05, 1) - 19 * 1.95 / 3.75) < 1e-9
    True
    """
    return lr * sigma**2 * (1 + beta) / ((1 - beta) * (2 * (1 + beta) - lr))


def simulate(method, lr, beta, steps=2000, runs=1000):
    """Return the mean of x squared over the second half, for each noise level.

    >>> [np.allclose(c, ball(a, levels, b), 0.05) for c, (_, a, b) in zip(curves, runs)]
    [True, True, True, False]
    >>> strong, first = levels[4:], simulate("Adam", 0.5, 0.9, steps=1)
    >>> np.allclose(curves[3][4:], ball(0.005 / strong, strong, 0.9), 0.05), first[:1]
    (True, array([0.005]))
    """
    rng = np.random.default_rng(0)
    x, total = np.zeros((runs, len(levels))), np.zeros(len(levels))
    m = s = np.zeros_like(x)
    for t in range(1, steps + 1):
        g = x + levels * rng.normal(size=x.shape)
        m, s = beta * m + g, 0.999 * s + 0.001 * g**2
        scale = (1 - beta) / np.sqrt(s / (1 - 0.999**t)) if method == "Adam" else 1
        x = x - lr * scale * m
        total += (x**2).mean(0) / (steps / 2) * (t > steps / 2)
    return total


runs = [("SGD", 0.05, 0), ("SGD", 0.05, 0.9), ("SGD", 0.005, 0.9), ("Adam", 0.05, 0.9)]
curves = [simulate(*run) for run in runs]
fig, ax = plt.subplots()
ax.loglog(levels, np.transpose(curves), marker="o")
ax.legend(ax.lines, ["SGD", "momentum, same rate", "momentum, a tenth", "Adam"])
ax.set(xlabel="noise of a gradient", ylabel="mean squared distance")
plt.show()
