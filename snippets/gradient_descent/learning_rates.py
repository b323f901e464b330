"""Six learning rates on the parabola: every regime there is."""

import matplotlib.pyplot as plt
import numpy as np


def gradient_descent(x, lr, steps=20):
    """Return the path from x on the parabola, its start included.

    Every point is 2 (1 - 2 lr)**k, to rounding.

    >>> k = np.arange(21)
    >>> all(np.allclose(paths[lr], 2 * (1 - 2 * lr) ** k, atol=1e-9) for lr in lrs)
    True
    >>> " ".join(f"{x:.9f}" for x in ends)
    '1.335215944 0.023058430 0.000000000 0.023058430 2.000000000 76.675199849'

    Only below 1 does it converge. Between 0.5 and 1 it changes sides at every step.

    >>> [bool(abs(paths[lr][20]) < abs(paths[lr][0])) for lr in lrs]
    [True, True, True, True, False, False]
    >>> [int(np.sum(paths[lr][1:] * paths[lr][:-1] < 0)) for lr in lrs]
    [0, 0, 0, 20, 20, 20]
    """
    path = [x]
    for _ in range(steps):
        x = x - lr * 2 * x
        path.append(x)
    return np.array(path)


lrs = (0.01, 0.1, 0.5, 0.9, 1.0, 1.1)
paths = {lr: gradient_descent(2.0, lr) for lr in lrs}
ends = [float(path[20]) for path in paths.values()]

fig, axes = plt.subplots(3, 2, sharex=True, sharey=True, figsize=(4.8, 5.4))
for lr, ax in zip(lrs, axes.flat, strict=True):
    ax.plot(paths[lr], "o-", markersize=3, linewidth=1.2)
    ax.set(title=rf"$\alpha = {lr}$", ylim=(-5, 5))
for ax in axes[-1]:
    ax.set(xlabel="step")
for ax in axes[:, 0]:
    ax.set(ylabel="$x$")
plt.show()
