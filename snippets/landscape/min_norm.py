"""Three equations for six weights: which of all solutions do two methods find?"""

import numpy as np

rng = np.random.default_rng(0)
a, b, away = rng.normal(size=(3, 6)), rng.normal(size=3), rng.normal(size=6)


def gradient_descent(w, lr=0.05, steps=20_000):
    """Return the solution from a start: the nearest one to it.

    >>> nearest, moved = np.linalg.lstsq(a, b)[0], np.linalg.lstsq(a, b - a @ away)[0]
    >>> all(abs(a @ end - b).max() < 1e-9 for end in ends)
    True
    >>> bool(abs(ends[0] - nearest).max() + abs(ends[1] - away - moved).max() < 1e-9)
    True
    """
    for _ in range(steps):
        w = w - lr * a.T @ (a @ w - b)
    return w


def adam(w, lr=0.01, steps=20_000):
    """Return where Adam ends, its rate falling in a line to zero.

    >>> norms[2] > 1.05 * norms[0], adam(0 * away, 0.3, 1).round(4).tolist()
    (True, [0.3, 0.3, -0.3, -0.3, -0.3, 0.3])
    >>> three = (adam(away, 1e-8, 3) - away) / 1e-8
    >>> bool(abs(abs(three) - (1 + 2 / 3 + 1 / 3)).max() < 1e-5)
    True
    """
    m, s = 0 * w, 0 * w
    for t in range(1, steps + 1):
        grad = a.T @ (a @ w - b)
        m, s = 0.9 * m + 0.1 * grad, 0.999 * s + 0.001 * grad**2
        scale = (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
        w = w - lr * (1 - (t - 1) / steps) * scale * m / (s**0.5 + 1e-12)
    return w


ends = [gradient_descent(0 * away), gradient_descent(away), adam(0 * away)]
norms = [float(np.linalg.norm(end)) for end in ends]
print(*(f"{norm:.3f}" for norm in norms))
