"""Conjugate gradient on a Hilbert matrix: the loss is done long before the weights."""

import numpy as np


def errors(n=12, steps=12):
    """Return the errors after each step: in the norm of A, and of the weights.

    >>> all(b < a for a, b in zip(loss, loss[1:]))
    True
    >>> loss[12] < 1e-6 * loss[0], weights[12] > 1e-6, len(loss)
    (True, True, 13)
    >>> square = sum(1 / (i + j + 1) for i in range(12) for j in range(12))
    >>> abs(loss[0] ** 2 - square) < 1e-9, abs(weights[0] ** 2 - 12) < 1e-9
    (True, True)
    """
    A = 1 / np.add.outer(np.arange(n), np.arange(1, n + 1))
    x, best = np.zeros(n), np.ones(n)
    found, r = [], A @ best
    p = r
    for _ in range(steps + 1):
        gap = x - best
        found.append([np.sqrt(gap @ A @ gap), np.sqrt(gap @ gap)])
        alpha = r @ r / (p @ A @ p)
        x = x + alpha * p
        old, r = r, r - alpha * A @ p
        p = r + r @ r / (old @ old) * p
    return np.array(found).T.tolist()


loss, weights = errors()
for row in (loss, weights):
    print(*(f"{row[k] / row[0]:.0e}" for k in (4, 8, 12)))
