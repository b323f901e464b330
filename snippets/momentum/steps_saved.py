"""Steps to a millionth of the start, over the condition number."""

import matplotlib.pyplot as plt
import numpy as np

kappas = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000]


def steps(kappa, lr, beta, nesterov=False, tolerance=1e-6, most=200_000):
    """Return from which step on both ends of a valley are below tolerance.

    >>> [(counts[name][4], counts[name][8]) for name in counts]
    [(691, 69078), (95, 1074), (158, 1660), (290, 3608)]
    >>> [int(np.ceil(np.log(1e-6) / np.log(r))) for r in (99 / 101, 9 / 11, 0.9)]
    [691, 69, 132]
    >>> steps(100, 1e-6, 0, most=1000)
    Traceback (most recent call last):
    ValueError: not below 1e-06 for good within 1000 steps
    """
    curvature, x, v, last = np.array([1.0, kappa]), np.ones(2), 0.0, 0
    for step in range(1, most + 1):
        v = beta * v - lr * curvature * (x + nesterov * beta * v)
        x = x + v
        last = last if np.abs(x).max() < tolerance else step
        if step > 2 * last + 20:
            return last + 1
    raise ValueError(f"not below {tolerance} for good within {most} steps")


q = {k: (k**0.5 - 1) / (k**0.5 + 1) for k in kappas}
counts = {
    "gd": [steps(k, 2 / (1 + k), 0) for k in kappas],
    "heavy_ball": [steps(k, 4 / (1 + k**0.5) ** 2, q[k] ** 2) for k in kappas],
    "nesterov": [steps(k, 1 / k, q[k], nesterov=True) for k in kappas],
    "fixed": [steps(k, 3.7 / k, 0.9) for k in kappas],
}
fig, ax = plt.subplots()
for name, line in zip(counts, ("C0s-", "C1o-", "C2^-", "C1:"), strict=True):
    ax.loglog(kappas, counts[name], line)
ax.text(60, 1200, "gradient descent", color="C0", ha="right")
ax.text(700, 500, "Nesterov", color="C2", ha="right")
ax.text(300, 70, "heavy ball", color="C1")
ax.text(1.2, 350, r"$\beta = 0.9$", color="C1")
ax.set(xlabel=r"$\kappa$", ylabel="steps needed")
plt.show()
