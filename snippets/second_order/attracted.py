"""Newton's method walks to the saddle; with absolute curvatures it walks away."""

import matplotlib.pyplot as plt
import numpy as np


def step(method, grad, curvatures):
    if method == "newton":
        return grad / curvatures
    return grad / np.abs(curvatures) if method == "sizes" else 0.3 * grad


def walk(method, x1=0.9, x2=0.3, steps=40):
    """Return the points; the saddle is at (0, 0), the minimizers at (0, 1) and (0, -1).

    >>> [path[-1].round(5).tolist() for path in paths]
    [[0.0, 0.0], [0.0, 1.0], [0.0, 1.0]]
    >>> [f"{x2:.2g}" for x2 in paths[0][:4, 1]], paths[1][1].round(4).tolist()
    (['0.3', '-0.074', '0.00082', '-1.1e-09'], [0.0, 0.674])
    >>> paths[2][1].round(6).tolist()
    [0.63, 0.3819]
    """
    path = [np.array([x1, x2])]
    for _ in range(steps):
        x1, x2 = path[-1]
        grad, curvatures = np.array([x1, x2**3 - x2]), np.array([1, 3 * x2**2 - 1])
        path.append(path[-1] - step(method, grad, curvatures))
    return np.array(path)


paths = [walk(method) for method in ("newton", "sizes", "descent")]
x1, x2 = np.meshgrid(np.linspace(-0.4, 1.1, 81), np.linspace(-0.4, 1.9, 81))
fig, ax = plt.subplots(figsize=(4.8, 4.2))
levels = np.linspace(0.02, 0.98, 17)
ax.contour(x1, x2, x1**2 / 2 + (x2**2 - 1) ** 2 / 4, levels, linewidths=0.6)
for path, line in zip(paths, ("k-o", "k--s", "C0-."), strict=True):
    ax.plot(*path.T, line, linewidth=1.4)
ax.text(0.3, -0.2, "Newton")
ax.text(0.45, 0.85, "gradient descent", color="C0")
ax.text(0.1, 1.68, "Newton with sizes")
ax.set(xlabel="$x_1$", ylabel="$x_2$")
plt.show()
