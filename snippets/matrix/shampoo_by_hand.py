"""Shampoo written like its formula: AdaGrad for matrices."""

import numpy as np


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    return vectors * values**exponent @ vectors.T


def shampoo(grad, x, left, right, lr):
    left = left + grad @ grad.T
    right = right + grad.T @ grad
    return x - lr * power(left, -1 / 4) @ grad @ power(right, -1 / 4), left, right


def walk(grads, lr=0.1, eps=1e-9):
    """Return the points from zero. On diagonal gradients it is AdaGrad.

    >>> g = np.random.default_rng(1).normal(size=(50, 8))
    >>> adagrad = -0.1 * np.cumsum(g / np.sqrt(np.cumsum(g**2, axis=0)), axis=0)
    >>> ends = np.array([x.diagonal() for x in walk([np.diag(row) for row in g])[1:]])
    >>> bool(np.abs(ends - adagrad).max() < 1e-6)
    True

    The same gradient again gives orthogonal steps that fall like 1 / sqrt(t).

    >>> all(drift < 1e-6 for drift in drifts)
    True
    """
    path, (left, right) = [0 * grads[0]], (eps * np.eye(n) for n in grads[0].shape)
    for grad in grads:
        x, left, right = shampoo(grad, path[-1], left, right, lr)
        path.append(x)
    return path


grad = np.random.default_rng(0).normal(size=(8, 8))
u, _, vt = np.linalg.svd(grad)
path, drifts = walk([grad] * 100), []
for t in (1, 4, 100):
    step = (path[t - 1] - path[t]) / 0.1
    drifts.append(float(np.abs(step * t**0.5 - u @ vt).max()))
    print(f"{t:3d} {np.linalg.norm(step, 2):.3f}")
