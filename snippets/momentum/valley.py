"""Heavy ball in the valley where gradient descent zig-zags."""

import matplotlib.pyplot as plt
import numpy as np

curvature, start = np.array([1.0, 20.0]), np.array([-6.0, 1.5])


def loss(x):
    return 0.5 * np.sum(curvature * x**2, axis=-1)


def momentum(lr, beta, steps=20):
    """Return the path from start, as an array of shape (steps + 1, 2).

    With beta = 0 it is gradient descent, here at its best learning rate: every
    coordinate shrinks by 19 / 21.

    >>> bool(np.allclose(plain[1:] / plain[:-1], [19 / 21, -19 / 21], atol=1e-9))
    True

    With beta = 0.5 at the same lr, the factor is 0.5**0.5 in both directions.

    >>> len(ball), [f"{end:.3g}" for end in ends]
    (21, ['0.739', '6.27e-05'])
    >>> bool(np.allclose(loss(np.array([plain[20], ball[20]])), ends, rtol=1e-9))
    True
    """
    path, v = [start], 0.0
    for _ in range(steps):
        v = beta * v - lr * curvature * path[-1]
        path.append(path[-1] + v)
    return np.array(path)


plain, ball = momentum(2 / 21, 0), momentum(2 / 21, 0.5)
ends = [0.5 * float(curvature @ path[-1] ** 2) for path in (plain, ball)]
x1, x2 = np.meshgrid(np.linspace(-6.6, 2, 200), np.linspace(-1.9, 1.9, 100))
fig, ax = plt.subplots(figsize=(4.8, 2.8))
ax.contour(x1, x2, loss(np.dstack([x1, x2])), 8, colors="0.5", linewidths=0.6)
ax.plot(*plain.T, marker="s", linewidth=1.2, label=r"$\beta = 0$")
ax.plot(*ball.T, marker="o", linewidth=1.2, label=r"$\beta = 0.5$")
ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
