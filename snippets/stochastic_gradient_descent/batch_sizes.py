"""One epoch on 6,000 digits: what each batch size makes of the same work."""

import matplotlib.pyplot as plt
import numpy as np
from torchvision.datasets import MNIST


def load(train, n):
    """Return n images, scaled, with a constant for the bias; and their labels."""
    data = MNIST("data", train=train, download=True)
    pixels = data.data[:n].numpy().reshape(n, 784) / 255
    return np.c_[(pixels - 0.1307) / 0.3081, np.ones(n)], data.targets[:n].numpy()


(x, y), (x_test, y_test) = load(True, 6000), load(False, 10_000)


def one_epoch(batch, lr, seed):
    """Return the test error in % after one pass over the digits.

    >>> [np.argmin(means, axis=axis)[:3].tolist() for axis in (0, 1)]
    [[0, 1, 2], [0, 1, 2]]
    >>> np.allclose(means.min(axis=0), [10.97, 10.97, 12.00, 16.71, 45.98], rtol=0.005)
    True
    """
    rng = np.random.default_rng(seed)
    w = rng.uniform(-1 / 28, 1 / 28, size=(785, 10))
    order = rng.permutation(len(x))
    for rows in np.split(order, range(batch, len(x), batch)):
        scores = x[rows] @ w
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        w -= lr * x[rows].T @ (p - np.eye(10)[y[rows]]) / len(rows)
    return 100 * float(np.mean(np.argmax(x_test @ w, axis=1) != y_test))


sizes, rates = [1, 8, 64, 512, 6000], [0.001, 0.01, 0.1]
errors = [[[one_epoch(B, a, s) for s in range(5)] for B in sizes] for a in rates]
means = np.mean(errors, axis=2)
fig, ax = plt.subplots()
for lr, curve in zip(rates, means, strict=True):
    ax.loglog(sizes, curve, marker="o", label=rf"$\alpha = {lr}$")
ax.set(xlabel="batch size", ylabel="test error in %")
ax.legend()
plt.show()
