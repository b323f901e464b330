"""The same comparison at equal effective step, and run to the end."""

import matplotlib.pyplot as plt
import numpy as np


def momentum(lr, beta, x=2.0, steps=500):
    path, v = [x], 0.0
    for _ in range(steps):
        v = beta * v - lr * 2 * x
        x = x + v
        path.append(x)
    return np.array(path)


def steps_to_stay(path, tolerance=1e-3):
    """Return the first step from which on every point is nearer than tolerance.

    >>> counts, f"{critical:.9f} {period:.1f}"
    ([377, 145, 66, 35], '0.737157288 46.4')

    Only beta = 0.9 ever crosses the minimum; its swings shrink by 0.9**0.5 a step.

    >>> [int(np.sum(path[1:80] * path[:79] < 0)) for path in paths]
    [0, 3, 0, 0]
    >>> bool(abs(abs(roots[0]) - 0.9**0.5) < 1e-9)
    True
    """
    return int(np.flatnonzero(np.abs(path) >= tolerance)[-1]) + 1


critical = (1 - 0.02**0.5) ** 2
settings = [(0.01, 0), (0.01, 0.9), (0.01, critical), (0.1, 0)]
paths = [momentum(lr, beta) for lr, beta in settings]
counts = [steps_to_stay(path) for path in paths]
roots = np.roots([1, -(1 + 0.9 - 0.02), 0.9])
period = float(2 * np.pi / abs(np.angle(roots[0])))
fig, ax = plt.subplots()
for (lr, beta), path in zip(settings, paths, strict=True):
    ax.plot(path[:81], label=rf"$\alpha = {lr},\ \beta = {beta:.3g}$")
ax.axhline(0, color="0.5", linewidth=0.8)
ax.set(xlabel="step", ylabel="$x$")
ax.legend()
plt.show()
