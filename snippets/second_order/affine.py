"""In other units Newton's path is the same, and that of gradient descent another."""

import matplotlib.pyplot as plt
import numpy as np

A = np.array([[1.0, 3.0], [1.0, -3.0], [-1.0, 0.0]])


def path(A, start, newton, lr=0.05, steps=12):
    """Return the points of Newton's method, or of gradient descent.

    The loss is the sum of exp(A x). If x = M y, then as a function of y it has A M.

    >>> gaps[0] < 1e-12, f"{gaps[1]:.3f}"
    (True, '1.249')
    >>> all(np.abs(here[0][12] - [-np.log(2) / 2, 0]) < 1e-12)
    True
    """
    points = [start]
    for _ in range(steps):
        terms = np.exp(A @ points[-1])
        grad, hessian = A.T @ terms, A.T @ np.diag(terms) @ A
        step = np.linalg.solve(hessian, grad) if newton else lr * grad
        points.append(points[-1] - step)
    return np.array(points)


start, M = np.array([-1.5, 1.0]), np.array([[2.0, 1.0], [0.0, 0.5]])
here = [path(A, start, newton) for newton in (True, False)]
there = [path(A @ M, np.linalg.solve(M, start), newton) for newton in (True, False)]
there = [points @ M.T for points in there]
gaps = [float(np.abs(p - q).max()) for p, q in zip(here, there, strict=True)]
x, y = np.meshgrid(np.linspace(-2.6, 0.5, 81), np.linspace(-0.4, 1.2, 81))
fig, ax = plt.subplots(figsize=(4.8, 3.6))
heights = np.log(np.exp(np.stack([x, y], -1) @ A.T).sum(-1))
ax.contour(x, y, heights, np.arange(1.05, 4, 0.2), linewidths=0.6)
ax.plot(*here[0].T, "ko-", markersize=9, markerfacecolor="none", linewidth=0.8)
ax.plot(*there[0].T, "k.")
ax.plot(*here[1].T, "C0o-", linewidth=1)
ax.plot(*there[1].T, "C0s--", linewidth=1, markerfacecolor="w")
ax.set(xlabel="$x_1$", ylabel="$x_2$")
plt.show()
