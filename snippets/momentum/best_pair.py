"""How slow the slowest coordinate is, over the curvatures of a valley."""

import matplotlib.pyplot as plt
import numpy as np

mu, L = 1.0, 100.0


def rate(lr, beta, curvature):
    """Return the factor per step of a coordinate: 1 means no progress.

    >>> f"{lr:.9f} {beta:.9f} {max(rate(lr, beta, ends)):.6f}"
    '0.033057851 0.669421488 0.818182'
    >>> bool(abs(max(rate(lr, beta, ends)) - 9 / 11) < 1e-7)
    True
    >>> bool(abs(max(rate(2 / (mu + L), 0, ends)) - 99 / 101) < 1e-9)
    True

    A search over 80,000 other pairs finds no better one.

    >>> pairs = np.meshgrid(np.linspace(0.001, 0.04, 400), np.linspace(0, 0.99, 200))
    >>> bool(np.maximum(rate(*pairs, mu), rate(*pairs, L)).min() > 9 / 11)
    True
    """
    half = (1 + beta - lr * curvature) / 2
    root = np.sqrt(np.asarray(half**2 - beta, dtype=complex))
    return np.maximum(abs(half + root), abs(half - root))


ends = np.array([mu, L])
q = (L**0.5 - mu**0.5) / (L**0.5 + mu**0.5)
lr, beta = 4 / (L**0.5 + mu**0.5) ** 2, q**2
curvature = np.geomspace(mu, L, 600)
fig, ax = plt.subplots()
pairs = ((2 / (mu + L), 0, 19, 0.3), (lr, beta, 24, 0.84), (lr, 0.4, 9, 0.56))
for a, b, x, y in (*pairs, (lr, 0.9, 20, 0.965)):
    (line,) = ax.semilogx(curvature, rate(a, b, curvature), color="C1" if b else "C0")
    ax.text(x, y, rf"$\beta = {b:.3g}$", color=line.get_color())
ax.text(17, 0.73, "the best pair", color="C1")
ax.text(7.5, 0.2, "gradient descent", color="C0")
ax.axhspan(1, 1.25, color="0.5", alpha=0.15)
ax.text(1.1, 1.1, "diverges")
ax.set(xlabel=r"$\lambda$", ylabel="factor per step", ylim=(0, 1.25))
plt.show()
