"""Shampoo with minus one half for both exponents turns the singular values over."""

import numpy as np


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    return vectors * values**exponent @ vectors.T


def shampoo(grad, exponent):
    """Return the singular values of a first step, the largest first.

    >>> right.round(6).tolist(), wrong.round(6).tolist()
    ([1.0, 1.0, 1.0], [10.0, 2.0, 0.25])
    """
    step = power(grad @ grad.T, exponent) @ grad @ power(grad.T @ grad, exponent)
    return np.linalg.svd(step)[1]


rng = np.random.default_rng(0)
u, v = (np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(2))
grad = u @ np.diag([4.0, 0.5, 0.1]) @ v
right, wrong = shampoo(grad, -1 / 4), shampoo(grad, -1 / 2)
print(*(f"{s:.2f}" for s in right), *(f"{s:.2f}" for s in wrong))
