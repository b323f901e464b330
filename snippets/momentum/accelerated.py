"""Nesterov with a growing beta doubles the exponent of gradient descent."""

import matplotlib.pyplot as plt
import numpy as np

k, powers = np.arange(10_001), (8, 32)


def gaps(p, nesterov, x=1.0):
    """Return |x|**p / p after each step; lr is 1 / L, with L the curvature at 1.

    >>> [f"{slope:.3f}" for slope in slopes], f"{81 * gaps(4, False)[1]:.6f}"
    (['-1.331', '-2.671', '-1.065', '-2.134'], '4.000000')
    >>> [f"{-f * p / (p - 2):.3f}" for p in powers for f in (1, 2)]
    ['-1.333', '-2.667', '-1.067', '-2.133']

    The bound of the theorem holds, also from a start nearer to the minimum.

    >>> pairs = [(p, x) for p in powers for x in (1, -0.5)]
    >>> bounds = [2 * (p - 1) * x**2 / (k + 1) ** 2 for p, x in pairs]
    >>> paths = [gaps(p, True, x) for p, x in pairs]
    >>> [bool(np.all(f[1:] <= b[1:])) for f, b in zip(paths, bounds)]
    [True, True, True, True]
    """
    path, v = [x], 0.0
    for t in k[:-1]:
        beta = nesterov * (t - 1) / (t + 2)
        y = x + beta * v
        v = beta * v - np.sign(y) * abs(y) ** (p - 1) / (p - 1)
        x = x + v
        path.append(x)
    return abs(np.array(path)) ** p / p


curves = [gaps(p, nesterov) for p in powers for nesterov in (False, True)]
slopes = [float(np.log10(f[10_000] / f[1000])) for f in curves]
fig, ax = plt.subplots()
for f, line in zip(curves, ("C0-", "C2-.", "C0--", "C2:"), strict=True):
    ax.loglog(k[1:], f[1:], line)
for height, p in ((3e-7, 8), (1.2e-6, 32), (1e-11, 8), (2e-10, 32)):
    ax.text(12_000, height, f"$p = {p}$")
ax.text(900, 1e-3, "gradient descent", color="C0")
ax.text(20, 1e-8, "Nesterov", color="C2")
ax.set(xlabel="step", ylabel="$f(x_k) - f^*$", xlim=(1, 80_000))
plt.show()
