"""Three projections in one matrix: an orthogonal step for all, or for each."""

import numpy as np


def orthogonal(grad):
    u, _, vt = np.linalg.svd(grad, full_matrices=False)
    return u @ vt


def blocks(loud):
    """Return the norms of the three parts of a step for all, the first part being loud.

    >>> parts = np.split(orthogonal(np.random.default_rng(1).normal(size=(12, 4))), 3)
    >>> bool(np.allclose(sum(part.T @ part for part in parts), np.eye(4)))
    True
    >>> [f"{n:.2f}" for n in even + uneven], f"{alone:.2f}"
    (['4.62', '4.61', '4.63', '7.79', '1.25', '1.33'], '8.00')
    """
    grad = np.random.default_rng(0).normal(size=(192, 64))
    grad[:64] *= loud
    return [float(np.linalg.norm(part)) for part in np.split(orthogonal(grad), 3)]


even, uneven = blocks(1), blocks(30)
alone = float(np.linalg.norm(orthogonal(np.diag(np.arange(1.0, 65.0)))))
print(*(f"{n:.2f}" for n in (*even, *uneven, alone)))
