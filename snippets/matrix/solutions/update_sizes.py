"""How large is an orthogonal step in each entry, and how do the two scales act?"""

import numpy as np


def rms(rows, columns, scale=1.0):
    """Return the root mean square of the entries of an orthogonal step.

    >>> [bool(abs(rms(*s) - (min(s) / (s[0] * s[1])) ** 0.5) < 1e-12) for s in shapes]
    [True, True, True]
    >>> [f"{r:.3f}" for r in plain], [f"{r:.3f}" for r in matched]
    (['0.088', '0.125', '0.125'], ['0.200', '0.200', '0.200'])
    """
    grad = np.random.default_rng(0).normal(size=(rows, columns))
    u, _, vt = np.linalg.svd(grad, full_matrices=False)
    return float(scale * np.sqrt(np.mean((u @ vt) ** 2)))


shapes = (64, 128), (128, 64), (64, 64)
plain = [rms(rows, columns, max(1, rows / columns) ** 0.5) for rows, columns in shapes]
matched = [rms(*shape, scale=0.2 * max(shape) ** 0.5) for shape in shapes]
print(*(f"{r:.3f}" for r in plain), *(f"{r:.3f}" for r in matched))
