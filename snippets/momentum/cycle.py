"""A strongly convex function on which heavy ball cycles for ever."""

import matplotlib.pyplot as plt
import numpy as np


def grad(x):
    """Return a slope that grows 25 times as fast outside [1, 2] as inside."""
    return 25 * x - 24 * np.clip(x - 1, 0, 1)


def momentum(lr, beta, nesterov=False, x=3.3, steps=200):
    """Return the path from x, its start included.

    The ball ends in a cycle of three points; the other two methods converge.

    >>> exact = np.array([2592, 792, -2208]) / 1225
    >>> bool(np.allclose(cycle, exact, atol=1e-9)), [f"{x:.4f}" for x in cycle]
    (True, ['2.1159', '0.6465', '-1.8024'])
    >>> [bool(abs(path[200]) < 1e-9) for path in paths]
    [True, True, False]
    >>> bool(np.allclose(paths[1][:3], [3.3, 0.96, 0], atol=1e-9))
    True
    """
    path, v = [x], 0.0
    for _ in range(steps):
        v = beta * v - lr * grad(x + nesterov * beta * v)
        x = x + v
        path.append(x)
    return np.array(path)


paths = [momentum(1 / 25, 0), momentum(1 / 25, 2 / 3, True), momentum(1 / 9, 4 / 9)]
cycle = sorted((float(x) for x in paths[2][-3:]), reverse=True)
fig, ax = plt.subplots()
ax.hlines(cycle, 0, 40, color="0.5", linewidth=0.6)
ax.plot(paths[2][:41], "C1o-", linewidth=1)
ax.plot(paths[0][:41], "C0-", linewidth=6, alpha=0.3)
ax.plot(paths[1][:41], "C2--")
ax.text(1.5, 3.2, "gradient descent", color="C0")
ax.text(18, 3.2, "Nesterov", color="C2")
ax.text(28, 2.5, "heavy ball", color="C1")
ax.set(xlabel="step", ylabel="$x$", ylim=(-4, 4))
plt.show()
