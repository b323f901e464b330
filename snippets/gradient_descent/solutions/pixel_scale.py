"""Inputs ten times as large, and a learning rate a hundred times as small."""

import numpy as np

rng = np.random.default_rng(0)
x, y = rng.normal(size=(100, 5)), rng.integers(0, 2, size=100)


def predictions(scale, lr, steps=50):
    """Return the probabilities of logistic regression after training from zero.

    >>> bool(np.allclose(predictions(1, 0.5), predictions(10, 0.005), atol=1e-12))
    True
    >>> bool(np.allclose(predictions(1, 0.5), predictions(10, 0.5), atol=1e-2))
    False

    >>> halves = np.tanh(x @ x.T @ (y - 0.5) / 400) / 2
    >>> bool(np.allclose(predictions(1, 0.5, steps=1), 0.5 + halves, atol=1e-12))
    True
    >>> bool(np.abs(x.T @ (predictions(1, 0.5, steps=2000) - y)).max() < 1e-9)
    True
    """
    w = np.zeros(5)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-scale * x @ w))
        w = w - lr * scale * x.T @ (p - y) / 100
    return 1 / (1 + np.exp(-scale * x @ w))


difference = np.abs(predictions(1, 0.5) - predictions(10, 0.005)).max()
print(bool(difference < 1e-12))
