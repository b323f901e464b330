"""Two learning rates in a valley twenty times as steep across as along."""

import matplotlib.pyplot as plt
import numpy as np

curvature = np.array([1.0, 20.0])
start = np.array([-6.0, 1.5])


def loss(x):
    return 0.5 * np.sum(curvature * x**2, axis=-1)


def gradient_descent(lr, steps=20):
    """Return the path from start, as an array of shape (steps + 1, 2).

    With 2 / (L + mu) both coordinates shrink alike, and one of them changes its sign.

    >>> smooth[1].tolist()
    [-5.7, 0.0]
    >>> bool(np.allclose(zigzag[1:] / zigzag[:-1], [19 / 21, -19 / 21], atol=1e-9))
    True
    >>> [f"{loss(p[20]):.3f} {e:.3f}" for p, e in zip((smooth, zigzag), ends)], ahead
    (['2.313 2.313', '0.739 0.739'], 9)
    """
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - lr * curvature * path[-1])
    return np.array(path)


smooth, zigzag = gradient_descent(1 / 20), gradient_descent(2 / 21)
ends = [0.5 * float(curvature @ path[-1] ** 2) for path in (smooth, zigzag)]
ahead = int(np.flatnonzero(loss(zigzag) >= loss(smooth))[-1]) + 1
x1, x2 = np.meshgrid(np.linspace(-6.6, 2, 60), np.linspace(-1.9, 1.9, 40))
fig, ax = plt.subplots(figsize=(4.8, 2.4))
ax.contourf(x1, x2, np.sqrt(loss(np.dstack([x1, x2]))), 8, alpha=0.2)
for path, look in ((smooth, "C0o-"), (zigzag, "C0s--")):
    ax.plot(*path.T, look, markersize=3.5, linewidth=1.2)
ax.annotate("", zigzag[1], start, arrowprops={"arrowstyle": "->", "color": "k"})
ax.plot(*start, "ko", 0, 0, "k*", markersize=8)
ax.text(-5.6, 0.15, r"$1/L$")
ax.text(-3.6, 1.35, r"$2/(L + \mu)$")
ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
plt.show()
