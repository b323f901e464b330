"""For a gradient of rank one, Muon is gradient descent with a normalized gradient."""

import numpy as np


def newton_schulz(x, steps=5):
    """Return what five steps of the polynomial of Muon make of a matrix.

    >>> bool(np.allclose(newton_schulz(grad), factor * grad / np.linalg.norm(grad)))
    True
    >>> f"{factor:.6f} {polynomial(1):.3f}"
    '0.696436 0.701'
    """
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        gram = x @ x.T
        x = 3.4445 * x + (-4.775 * gram + 2.0315 * gram @ gram) @ x
    return x


def polynomial(s):
    return 3.4445 * s - 4.775 * s**3 + 2.0315 * s**5


rng, factor = np.random.default_rng(0), 1.0
grad = np.outer(rng.normal(size=6), rng.normal(size=9))
for _ in range(5):
    factor = polynomial(factor)
print(f"{factor:.3f}")
