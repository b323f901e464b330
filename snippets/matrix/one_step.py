"""Without a past, Shampoo, SOAP, and Newton-Schulz take one and the same step."""

import numpy as np


def power(matrix, exponent):
    """Return a power of a symmetric matrix; zero eigenvalues stay zero."""
    values, vectors = np.linalg.eigh(matrix)
    kept = values > 1e-9 * values.max()
    return vectors[:, kept] * values[kept] ** exponent @ vectors[:, kept].T


def orthogonal(grad):
    u, _, vt = np.linalg.svd(grad, full_matrices=False)
    return u @ vt


def shampoo(grad):
    return power(grad @ grad.T, -1 / 4) @ grad @ power(grad.T @ grad, -1 / 4)


def soap(grad):
    left, right = (np.linalg.eigh(g)[1] for g in (grad @ grad.T, grad.T @ grad))
    turned = left.T @ grad @ right
    return left @ np.sign(turned * (abs(turned) > 1e-9)) @ right.T


def cubic(x, steps=40):
    """Return what the classical Newton-Schulz arrives at.

    >>> all(gap < 1e-9 for gap in gaps), [f"{cut:.3f}" for cut in shares]
    (True, ['1.000', '0.632', '0.517'])
    """
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        x = 1.5 * x - 0.5 * x @ x.T @ x
    return x


grad = np.random.default_rng(0).normal(size=(64, 128))
gaps = [float(abs(f(grad) - orthogonal(grad)).max()) for f in (shampoo, soap, cubic)]
dual, rivals = np.linalg.norm(grad, "nuc"), (orthogonal(grad), grad, np.sign(grad))
shares = [float((grad * d).sum() / np.linalg.norm(d, 2) / dual) for d in rivals]
print(*(gap < 1e-12 for gap in gaps))
print(*(f"{share:.3f}" for share in shares))
