"""Thirty steps on paper, more in floating point, where the residuals forget."""

import numpy as np


def steps(kappa, kept, n=30, tolerance=1e-6):
    """Return the steps until the error is small, in the norm of A.

    If kept, each new residual is made orthogonal to all earlier ones again.

    >>> [row[1] for row in table], all(row[0] > 30 for row in table)
    ([29, 30, 30, 30, 30], True)
    >>> [60 > table[0][0], 50 < table[1][0] < 70, 120 < table[3][0] < 180]
    [True, True, True]
    >>> after_one = (1 - (1 + 1 / 100) ** 2 / (1 + 1 / 100**2) / 2) ** 0.5
    >>> [steps(100, False, 2, after_one + more) for more in (1e-9, -1e-9)]
    [1, 2]
    """
    A = np.geomspace(1 / kappa, 1, n)
    x, best = np.zeros(n), A**-0.5
    r = p = A * best
    axes, k = [r / np.sqrt(sum(r * r))], 0
    while sum(A * (x - best) ** 2) > tolerance**2 * n:
        alpha, old = sum(r * r) / sum(p * A * p), r
        x, r = x + alpha * p, r - alpha * A * p
        for axis in 2 * axes if kept else ():
            r = r - sum(axis * r) * axis
        axes.append(r / np.sqrt(sum(r * r)))
        p, k = r + sum(r * r) / sum(old * old) * p, k + 1
    return k


kappas = (1e2, 1e4, 1e6, 1e8, 1e10)
table = [[steps(kappa, kept) for kept in (False, True)] for kappa in kappas]
for kappa, row in zip(kappas, table, strict=True):
    print(f"{kappa:.0e}", *(f"{k:4d}" for k in row))
