"""One valley at every angle: the loss that each method has left at its best rate."""

import matplotlib.pyplot as plt
import numpy as np


def late_loss(method, angle, lr, steps=300, condition=1000.0):
    """Return the largest loss of the last 20 steps, for each angle and each rate.

    >>> [bool(np.allclose(best[k], best[k][0], rtol=1e-6)) for k in best]
    [True, True, False, False]
    >>> [f"{best[k][0]:.1e} {best[k][15]:.1e}" for k in ("GD", "momentum", "Adam")]
    ['1.8e-01 1.8e-01', '2.1e-10 2.1e-10', '3.3e-11 1.3e-03']
    >>> [f"{late_loss(k, 0.5, 0.01, 25, 3.0):.6f}" for k in best]
    ['1.483956', '0.743075', '1.789857', '1.790275']
    """
    c, s = np.cos(angle), np.sin(angle)
    x, cross = np.array([c - s, c + s]) + 0 * lr, (1 - condition) * c * s
    h = np.array([[c**2 + condition * s**2, cross], [cross, s**2 + condition * c**2]])
    beta = 0.9 if method in ("momentum", "Adam") else 0
    m, s, found = np.zeros_like(x), np.zeros_like(x), []
    for t in range(1, steps + 1):
        g = (h * x).sum(1)
        m, s = beta * m + g, 0.999 * s + 0.001 * g**2
        scale = 0.1 / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        step = {"sign": np.sign(g), "Adam": m * scale}.get(method, m)
        x = x - lr * step
        found.append((0.5 * x * (h * x).sum(1)).sum(0))
    return np.max(found[-20:], axis=0)


degrees, lr, best = np.arange(0, 91, 3), np.geomspace(1e-5, 3, 120), {}
for method in ("GD", "momentum", "sign", "Adam"):
    with np.errstate(over="ignore", invalid="ignore"):
        losses = late_loss(method, np.radians(degrees)[:, None], lr)
    best[method] = np.nanmin(losses, axis=1)
fig, ax = plt.subplots()
for name, style in zip(best, ("C0-", "C1--", "C5:", "C3-."), strict=True):
    ax.semilogy(degrees, best[name], style)
ax.text(30, 0.01, "gradient descent", color="C0")
ax.text(30, 2e-9, "momentum", color="C1")
ax.text(35, 2, "sign descent", color="C5")
ax.text(37, 2e-5, "Adam", color="C3")
ax.set(xlabel="angle in degrees", ylabel="loss", xticks=range(0, 91, 15))
plt.show()
