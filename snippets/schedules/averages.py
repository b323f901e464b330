"""Means of the iterates at a constant rate, exactly, in the noisy valley."""

import matplotlib.pyplot as plt
import numpy as np

curvature, T = np.geomspace(0.01, 1, 30), 200
t = np.arange(T)


def loss(lrs, weights, beta=0.0, x0=1.0, sigma=0.1):
    """Return E f at x, for each lr: z takes a step, then x moves a part towards z.

    The gradient is that at (1 - beta) z + beta x. Two steps by hand, and the ends:

    >>> a = 1 - 0.5 * curvature
    >>> by_hand = (0.5 + 0.5 * a + a**2) ** 2 + 1.5**2 * ((0.25 + 0.5 * a) ** 2 + 0.25)
    >>> two = loss(np.array([0.5]), [0.5, 0.5], x0=2.0, sigma=3.0)[0]
    >>> bool(abs(two - curvature @ by_hand / 2) < 1e-9)
    True
    >>> for row in ends: print(*(f"{best:.2f} {end:.5f}" for best, end in row))
    0.27 0.03067 0.68 0.01821 0.60 0.01843 1.99 0.01539 0.62 0.02422
    0.97 0.10562 1.77 0.07540 1.98 0.02824 1.99 0.19560 1.99 0.07097
    """
    lr, zz = lrs[:, None], np.full((len(lrs), len(curvature)), x0**2)
    zx = xx = zz
    for part in weights:
        a, b = 1 - lr * curvature * (1 - beta), -lr * curvature * beta
        zz = a**2 * zz + 2 * a * b * zx + b**2 * xx + (lr * sigma) ** 2
        zx = a * zx + b * xx
        xx = (1 - part) ** 2 * xx + 2 * part * (1 - part) * zx + part**2 * zz
        zx = (1 - part) * zx + part * zz
    return xx @ curvature / 2


lrs, mean = np.arange(0.01, 2, 0.01), 1 / (t + 1)
ways = [(t**0, 0), (np.where(t, 0.02, 1), 0), (1 / np.maximum(t - 99, 1), 0)]
ways += [(mean, 0), (mean, 0.9)]
near, far = ([loss(lrs, *way, x0) for way in ways] for x0 in (1.0, 10.0))
ends = [[(float(lrs[c.argmin()]), float(c.min())) for c in cs] for cs in (near, far)]
fig, ax = plt.subplots()
for curve in near:
    ax.loglog(lrs, curve)
ax.legend(["last", "running mean", "last half", "mean of all", "schedule-free"])
ax.set(xlabel=r"$\alpha$", ylabel="expected loss", ylim=(0.013, 3))
plt.show()
