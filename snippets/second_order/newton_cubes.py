"""On the bowl sqrt(1 + x^2), Newton's step turns x into -x^3."""

import matplotlib.pyplot as plt
import numpy as np


def newton(x, steps=5):
    """Return the points of Newton's method.

    >>> x = np.linspace(-2, 2, 41)
    >>> all(np.abs(newton(x, 1)[1] + x**3) < 1e-12), [f"{p[-1]:.3g}" for p in paths]
    (True, ['-7.6e-12', '-1', '-1.14e+10'])
    """
    path = [x]
    for _ in range(steps):
        root = np.sqrt(1 + path[-1] ** 2)
        slope, curvature = path[-1] / root, 1 / root**3
        path.append(path[-1] - slope / curvature)
    return np.array(path)


def parabola(x0, x):
    """Return the parabola that touches the bowl at x0, and is as curved there.

    >>> x = np.linspace(-9, 1, 10_001)
    >>> [f"{x[parabola(a, x).argmin()]:.3f} {parabola(a, 3):.4f}" for a in (0.9, 2.0)]
    ['-0.729 3.6557', '-8.000 3.1752']
    """
    root = np.sqrt(1 + x0**2)
    return root + x0 / root * (x - x0) + (x - x0) ** 2 / root**3 / 2


paths, x = [newton(x) for x in (0.9, 1.0, 1.1)], np.linspace(-2, 2, 201)
fig, (bowl, ax) = plt.subplots(1, 2, figsize=(4.8, 3.4))
bowl.plot(x, np.sqrt(1 + x**2), color="0.5")
for path, line in zip(paths[::2], ("k--", "k-"), strict=True):
    bowl.plot(x, parabola(path[0], x), line, linewidth=1)
    bowl.plot(path[:2], parabola(path[0], path[:2]), "ko")
bowl.set(xlabel="$x$", ylim=(0.5, 2.1), yticks=(0.5, 1, 1.5, 2), xticks=(-2, 0, 2))
for path, line in zip(paths, ("k--o", "k:o", "k-o"), strict=True):
    ax.semilogy(np.abs(path), line, linewidth=1)
    ax.text(4.8, abs(path[5]) * 4, f"${path[0]:.1f}$", ha="right")
ax.set(xlabel="step", title=r"$|x|$", yticks=(1e-10, 1e-5, 1, 1e5, 1e10))
ax.set(ylim=(1e-12, 1e12), xticks=range(6))
plt.show()
