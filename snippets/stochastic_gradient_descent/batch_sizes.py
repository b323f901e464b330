"""One epoch on 6,000 digits: every batch size with every learning rate."""

import matplotlib.pyplot as plt
import numpy as np
from torchvision.datasets import MNIST

parts = [MNIST("data", train=t, download=True) for t in (True, False)]
scaled = [
    (p.data.flatten(1).numpy() / np.float32(255) - 0.1307) / 0.3081 for p in parts
]
x, x_test = (np.insert(pixels, 784, 1, axis=1) for pixels in scaled)  # 1 for the bias
y, y_test = (part.targets.numpy() for part in parts)
kept = len(x) - min(10_000, len(x) // 5)
n, sets = min(6000, kept), [(x[kept:], y[kept:]), (x_test, y_test)]


def one_epoch(batch, lrs, seed):
    """Return the errors in % on validation and test digits, of a model for each rate.

    >>> best.tolist()[:2], max(best.tolist()), [f"{t.mean():.1f}" for t in tests[:2]]
    ([1, 3], 6, ['11.0', '11.0'])
    """
    rng, step = np.random.default_rng(seed), np.repeat(lrs, 10).astype(x.dtype)
    w = np.tile(rng.uniform(-1 / 28, 1 / 28, (785, 10)).astype(x.dtype), np.size(lrs))
    for rows in np.split(rng.permutation(n), range(batch, n, batch)):
        p = (x[rows] @ w).reshape(len(rows), -1, 10)
        p = np.exp(p - p.max(axis=-1, keepdims=True))
        p = p / p.sum(axis=-1, keepdims=True) - np.eye(10, dtype=x.dtype)[y[rows], None]
        w -= step * (x[rows].T @ p.reshape(len(rows), -1) / len(rows))
    wrong = ((a @ w).reshape(len(a), -1, 10).argmax(-1).T != b for a, b in sets)
    return [100 * part.mean(axis=1) for part in wrong]


sizes, rates = [1, 8, 64, 512, n], [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]
runs = np.array([[one_epoch(B, rates, seed) for seed in range(5)] for B in sizes])
validation = runs[:, :, 0].mean(axis=1)
best = validation.argmin(axis=1)
tests = [runs[row, :, 1, k] for row, k in enumerate(best)]
fig, ax = plt.subplots()
for B, curve, k in zip(sizes, validation, best, strict=True):
    ax.loglog(rates, curve, marker="o", markevery=[int(k)])
    ax.text(rates[k] * 0.7, curve[k] * (1.13 if B == 512 else 0.8), rf"$B = {B}$")
ax.set(xlabel="learning rate", ylabel="validation error in %", ylim=(8, 100))
ax.set_yticks([10, 20, 50, 100], ["10", "20", "50", "100"])
plt.show()
