"""The variance of a mini-batch gradient, on MNIST: exactly one B-th."""

import matplotlib.pyplot as plt
import numpy as np
from torchvision.datasets import MNIST

data = MNIST("data", train=True, download=True)
x = (data.data.numpy().reshape(len(data), 784) / np.float32(255) - 0.1307) / 0.3081
residual = np.float32(0.1) - np.eye(10, dtype="float32")[data.targets]
rng = np.random.default_rng(0)
n = len(x)


def grad(rows):
    """Return the gradient of the softmax loss at zero weights, over some examples."""
    return x[rows].T @ residual[rows] / len(rows)


def variance(batch, replace, draws=400):
    """Return the mean squared distance of mini-batch gradients from the full one.

    >>> direct = np.mean([np.sum((grad([i]) - full) ** 2) for i in range(n)])
    >>> all(abs(v / trace - 1) < 0.15 for v in scaled), round(float(direct / trace), 3)
    (True, 1.0)
    >>> theory = [trace / batch * (n - batch) / (n - 1) for batch in sizes]
    >>> all(abs(v / t - 1) < 0.15 for v, t in zip(measured[1], theory))
    True
    """
    rows = (rng.choice(n, batch, replace=replace) for _ in range(draws))
    return float(np.mean([np.sum((grad(r) - full) ** 2) for r in rows]))


full = grad(np.arange(n))
squares = np.sum(x**2, axis=1) * np.sum(residual**2, axis=1)
trace = float(squares.mean() - np.sum(full**2))
sizes = [1, 4, 16, 64, 256, 1024, 4096]
measured = [[variance(batch, replace) for batch in sizes] for replace in (True, False)]
scaled = [batch * v for batch, v in zip(sizes, measured[0], strict=True)]
fig, ax = plt.subplots()
ax.loglog(sizes, [trace / batch for batch in sizes], "k-", linewidth=1)
ax.loglog(sizes, measured[0], "o", label="with replacement")
ax.loglog(sizes, measured[1], "x", label="without replacement")
ax.set(xlabel="batch size", ylabel="variance of the gradient")
ax.legend()
plt.show()
