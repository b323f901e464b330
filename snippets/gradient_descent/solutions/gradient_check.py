"""A check with finite differences that finds a lost sign and a lost 1 / n."""

import numpy as np

rng = np.random.default_rng(0)
x, y = rng.normal(size=(50, 3)), rng.normal(size=50)
w = rng.normal(size=3)


def loss(w):
    return np.mean((x @ w - y) ** 2)


def slopes(w, h=1e-6):
    """Return the partial derivatives of the loss by central differences.

    A correct gradient has ratio 1 to them. The others have -1 and n = 50.

    >>> [[round(float(r), 6) for r in ratio] for ratio in ratios]
    [[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0], [50.0, 50.0, 50.0]]
    """
    return np.array([(loss(w + e) - loss(w - e)) / (2 * h) for e in h * np.eye(3)])


correct = 2 * x.T @ (x @ w - y) / 50
candidates = (correct, 2 * x.T @ (y - x @ w) / 50, 2 * x.T @ (x @ w - y))
ratios = [grad / slopes(w) for grad in candidates]
print(np.round(ratios, 6))
