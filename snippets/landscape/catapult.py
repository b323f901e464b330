"""A start above 2 / lr: the loss rises, the curvature falls, the end is flatter."""

import matplotlib.pyplot as plt
import numpy as np


def walk(step, u=3.0, v=0.1, steps=400):
    """Return loss and curvature by step on (u v)^2 / 2; step is lr times the first.

    >>> [f"{path[1][-1]:.3f}" for path in paths.values()], 1.9 < max(ends) <= 2
    (['8.830', '4.564', '2.899', '1.280'], True)
    >>> bool(np.all(np.diff(paths[3.9][1]) <= 0)), f"{paths[3.9][0].max():.1f}"
    (True, '9.4')
    >>> len(walk(3.99)[0]), len(walk(4.01)[0])
    (401, 11)
    """
    lr, path = step / (u**2 + v**2), []
    for _ in range(steps + 1):
        path.append((u**2 * v**2 / 2, u**2 + v**2))
        if path[-1][0] > 1e12:
            break
        u, v = u - lr * u * v**2, v - lr * u**2 * v
    return np.array(path).T


drawn, sweep = (1.9, 2.5, 3.5, 3.9), np.linspace(0.02, 3.98, 199)
paths, first = {step: walk(step) for step in drawn}, 3.0**2 + 0.1**2
ends = [float(step * walk(step)[1][-1] / first) for step in sweep]
fig, (upper, lower) = plt.subplots(2, figsize=(4.8, 5.4))
for step, path in paths.items():
    upper.semilogy(path[0][:21] + 1e-16, label=f"{step}")
lower.plot(sweep, ends, "k.", markersize=3)
lower.axhline(2, color="0.5", linestyle=":")
upper.legend(title=r"$\alpha\lambda_0$")
upper.set(xlabel="step", ylabel="loss", ylim=(1e-6, 30))
lower.set(xlabel=r"$\alpha\lambda_0$", ylabel=r"$\alpha\lambda_\infty$")
plt.show()
