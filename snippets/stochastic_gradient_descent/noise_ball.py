"""With a constant learning rate, SGD reaches a ball around the minimum and stays."""

import matplotlib.pyplot as plt
import numpy as np


def ball(lr, curvature=1.0, sigma=1.0):
    """Return the stationary variance of SGD on a parabola, in closed form.

    >>> [round(ball(lr), 5) for lr in rates]
    [0.33333, 0.05263, 0.0101]
    >>> abs(ball(0.05, curvature=2, sigma=6) - 9 * ball(0.1)) < 1e-9
    True
    """
    return lr * sigma**2 / (curvature * (2 - lr * curvature))


def simulate(lr, steps=600, runs=4000, curvature=1.0, sigma=1.0):
    """Return the mean of x squared after each step, over many runs.

    >>> all(abs(v / ball(lr) - 1) < 0.01 for v, lr in zip(late, rates))
    True
    >>> theory = [ball(0.1) + (x0**2 - ball(0.1)) * 0.81**t for t in range(601)]
    >>> np.allclose(curves[1], theory, rtol=0.1), round(simulate(0.1, 2, 1, 2, 0)[2], 9)
    (True, 40.96)
    """
    rng = np.random.default_rng(0)
    x, mean_square = np.full(runs, x0), [x0**2]
    for _ in range(steps):
        x = x - lr * (curvature * x + sigma * rng.normal(size=runs))
        mean_square.append(float(np.mean(x**2)))
    return mean_square


x0, rates = 10.0, [0.5, 0.1, 0.02]
curves = [simulate(lr) for lr in rates]
late = [float(np.mean(curve[300:])) for curve in curves]
fig, ax = plt.subplots()
for lr, curve, at in zip(rates, curves, (220, 220, 90), strict=True):
    ax.semilogy(curve[:300], color="C0")
    ax.axhline(ball(lr), color="0.5", linewidth=1)
    ax.text(at, ball(lr) * 1.25, rf"$\alpha = {lr}$")
ax.set(xlabel="step", ylabel="mean squared distance")
plt.show()
