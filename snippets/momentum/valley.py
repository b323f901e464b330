"""Heavy ball in the valley where gradient descent zig-zags."""

import matplotlib.pyplot as plt
import numpy as np

curvature, start = np.array([1.0, 20.0]), np.array([-6.0, 1.5])


def loss(x):
    return 0.5 * np.sum(curvature * x**2, axis=-1)


def momentum(lr, beta, steps=20):
    """Return the path from start, as an array of shape (steps + 1, 2).

    With beta = 0 it is gradient descent, at its best learning rate.

    >>> bool(np.allclose(plain[1:] / plain[:-1], [19 / 21, -19 / 21], atol=1e-9))
    True

    With beta = 0.5 at the same lr, the factor is 0.5**0.5 in both directions.

    >>> [f"{end:.3g}" for end in ends], len(ball), float(loss(start))
    (['0.739', '6.27e-05'], 21, 40.5)
    """
    path, v = [start], 0.0
    for _ in range(steps):
        v = beta * v - lr * curvature * path[-1]
        path.append(path[-1] + v)
    return np.array(path)


plain, ball = momentum(2 / 21, 0), momentum(2 / 21, 0.5)
ends = [float(loss(path[-1])) for path in (plain, ball)]
x1, x2 = np.meshgrid(np.linspace(-6.6, 2, 60), np.linspace(-1.9, 1.9, 40))
fig, ax = plt.subplots(figsize=(4.8, 2.4))
ax.contourf(x1, x2, np.sqrt(loss(np.dstack([x1, x2]))), 8, alpha=0.2)
ax.plot(*plain.T, "C0s-", linewidth=1.2)
ax.plot(*ball.T, "C1o-", linewidth=1.2)
ax.annotate("", ball[1], start, arrowprops={"arrowstyle": "->", "color": "k"})
ax.plot(*start, "ko", 0, 0, "k*", markersize=9, zorder=3)
ax.text(-4.6, -1.55, r"$\beta = 0$", color="C0")
ax.text(-2.2, 0.75, r"$\beta = 0.5$", color="C1")
ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
plt.show()
