"""Conjugate gradient is finished after as many steps as there are curvatures."""

import matplotlib.pyplot as plt
import numpy as np


def conjugate_gradient(A, b, steps):
    """Return the points on the way to the minimizer of x A x / 2 - b x, where A x = b.

    >>> A, b = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, -2.0])
    >>> conjugate_gradient(A, b, 2).round(9).tolist()
    [[0.0, 0.0], [0.5, -1.0], [1.0, -1.0]]
    """
    x, p, r = np.zeros_like(b), b, b
    path = [x]
    for _ in range(steps):
        alpha = r @ r / (p @ A @ p)
        x = x + alpha * p
        old, r = r, r - alpha * A @ p
        p = r + r @ r / (old @ old) * p
        path.append(x)
    return np.array(path)


def left(curvatures, steps=9):
    """Return how much of the error is left after each step, in the norm of A.

    >>> three[3] < 1e-8 > eight[8] / 99, f"{three[2]:.4f} {eight[7]:.4f} {many[-1]:.4f}"
    (True, '0.2074 0.0259 0.0586')
    """
    rng, n = np.random.default_rng(0), len(curvatures)
    Q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    A, best = Q * curvatures @ Q.T, rng.normal(size=n)
    gaps = conjugate_gradient(A, A @ best, steps) - best
    return [float(np.sqrt(gap @ A @ gap / (best @ A @ best))) for gap in gaps]


three = left(np.repeat([1.0, 10.0, 100.0], [60, 30, 10]))
eight, many = left(np.geomspace(1, 100, 8)), left(np.geomspace(1, 100, 100))
fig, ax = plt.subplots()
for errors, line in zip((three, eight, many), ("k-o", "k--s", "k:"), strict=True):
    ax.semilogy(np.maximum(errors, 1e-9), line, linewidth=1.4)
ax.set(xlabel="step", ylabel="error left", yticks=(1e-9, 1e-6, 1e-3, 1))
plt.show()
