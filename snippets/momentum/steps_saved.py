"""Steps to a millionth of the start, over the condition number."""

import matplotlib.pyplot as plt
import numpy as np

kappas = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000]


def steps(kappa, lr, beta, nesterov=False, tolerance=1e-6):
    """Return from which step on both ends of a valley are below tolerance.

    >>> [counts[name][4] for name in counts]
    [691, 95, 158]

    The rates alone, without the factor k of a double root, would say 69 and 132.

    >>> [int(np.ceil(np.log(1e-6) / np.log(r))) for r in (99 / 101, 9 / 11, 0.9)]
    [691, 69, 132]
    """
    curvature = np.array([1.0, kappa])
    x, v, last = np.ones(2), 0.0, 0
    for step in range(1, 10 * kappa + 50):
        v = beta * v - lr * curvature * (x + nesterov * beta * v)
        x = x + v
        last = step if np.abs(x).max() >= tolerance else last
        if step > 2 * last + 20:
            break
    return last + 1


q = {k: (k**0.5 - 1) / (k**0.5 + 1) for k in kappas}
counts = {
    "gd": [steps(k, 2 / (1 + k), 0) for k in kappas],
    "heavy_ball": [steps(k, 4 / (1 + k**0.5) ** 2, q[k] ** 2) for k in kappas],
    "nesterov": [steps(k, 1 / k, q[k], nesterov=True) for k in kappas],
}
fig, ax = plt.subplots()
ax.loglog(kappas, counts["gd"], marker="o", label="gradient descent")
ax.loglog(kappas, counts["nesterov"], marker="^", label="Nesterov")
ax.loglog(kappas, counts["heavy_ball"], marker="s", label="heavy ball")
ax.set(xlabel=r"$\kappa$", ylabel="steps")
ax.legend()
plt.show()
