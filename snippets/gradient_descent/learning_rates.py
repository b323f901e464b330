"""Six learning rates on the parabola: every regime there is."""

import matplotlib.pyplot as plt
import numpy as np


def gradient_descent(x, lr, steps=20):
    """Return the path from x on the parabola, its start included.

    Every point is 2 (1 - 2 lr)**k: above 0.5 it changes sides at every step.

    >>> k = np.arange(21)
    >>> all(np.allclose(paths[lr], 2 * (1 - 2 * lr) ** k, atol=1e-9) for lr in lrs)
    True
    >>> " ".join(f"{x:.9f}" for x in ends)
    '1.335215944 0.023058430 0.000000000 0.023058430 2.000000000 76.675199849'
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

fig, axes = plt.subplots(3, 2, sharex=True, sharey=True, figsize=(4.8, 5.8))
for lr, ax in zip(lrs, axes.flat, strict=True):
    ax.plot(paths[lr][:6] if lr > 1 else paths[lr], "o-", markersize=3, linewidth=1.2)
    ax.set(title=rf"$\alpha = {lr:g}$", xlim=(-1, 21), ylim=(-5, 5))
arrow = {"arrowstyle": "->", "color": "C0", "shrinkA": 0, "shrinkB": 0}
axes[2, 1].annotate("", (5.9, 5), (5, paths[1.1][5]), arrowprops=arrow)
axes[0, 0].text(20, -3.5, "slow", ha="right")
axes[0, 1].text(20, -3.5, "monotone", ha="right")
axes[1, 0].text(20, -3.5, "one step", ha="right")
axes[1, 1].text(20, -3.5, "swings", ha="right")
axes[2, 0].text(20, -3.5, "for ever", ha="right")
axes[2, 1].text(20, -3.5, "diverges", ha="right")
fig.supxlabel("step", fontsize=11)
plt.show()
