"""A strongly convex function on which heavy ball cycles for ever."""

import matplotlib.pyplot as plt
import numpy as np


def grad(x):
    """Return a slope that grows 25 times as fast outside [1, 2] as inside."""
    return 25 * x - 24 * np.clip(x - 1, 0, 1)


def momentum(lr, beta, nesterov=False, x=3.3, steps=200):
    """Return the path from x, its start included.

    The ball ends in a cycle of three points; the other two methods converge.

    >>> " ".join(f"{x:.4f}" for x in cycle)
    '2.1159 0.6465 -1.8024'
    >>> exact = np.array([2592, 792, -2208]) / 1225
    >>> bool(np.allclose(cycle, exact, atol=1e-9))
    True
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
ax.plot(paths[0][:41], label="gradient descent")
ax.plot(paths[1][:41], label="Nesterov")
ax.plot(paths[2][:41], marker="o", label="heavy ball")
ax.set(xlabel="step", ylabel="$x$", ylim=(-4, 5))
ax.legend(ncols=2)
plt.show()
