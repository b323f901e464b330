"""Shuffled passes against independent draws: how far from the minimum SGD stays."""

import matplotlib.pyplot as plt
import numpy as np

n, d, rng = 100, 5, np.random.default_rng(0)
A = rng.normal(size=(n, d))
b = A @ np.ones(d) + rng.normal(size=n)
best = np.linalg.lstsq(A, b)[0]


def stay(lr, rule):
    """Return the mean squared distance to the minimum at the ends of the epochs.

    >>> slopes = [np.polyfit(np.log(rates), np.log(c), 1)[0] for c in curves]
    >>> [f"{slope:.1f}" for slope in slopes]
    ['1.0', '2.1', '2.9']
    >>> noise = A.T * (A @ best - b) ** 2 @ A / n
    >>> V = 0.001 / 2 * np.trace(np.linalg.solve(A.T @ A / n, noise))
    >>> bool(abs(curves[0][0] / V - 1) < 0.12), [round(ratio) for ratio in ratios]
    (True, [53, 983])
    """
    x, seen = np.tile(best, (len(file), 1)), []
    for _ in range(int(4 / (lr * n)) + 20):
        for rows in rule().T:
            error = np.sum(A[rows] * x, axis=1) - b[rows]
            x -= lr * error[:, None] * A[rows]
        seen.append(float(np.mean(np.sum((x - best) ** 2, axis=1))))
    return float(np.mean(seen[len(seen) // 2 :]))


file = np.tile(np.argsort(b), (100, 1))  # 100 copies, sorted by the targets
rules = [lambda: rng.integers(n, size=file.shape), lambda: file]
rules.append(lambda: rng.permuted(file, axis=1))
rates = [0.001, 0.002, 0.005, 0.01, 0.02]
curves = [[stay(lr, rule) for lr in rates] for rule in rules]
ratios = [curves[0][0] / curve[0] for curve in curves[1:]]
fig, ax = plt.subplots()
for curve, marker in zip(curves, "ovs", strict=True):
    ax.loglog(rates, curve, color="C0", marker=marker)
ax.set(xlabel="learning rate", ylabel="mean squared distance")
ax.text(0.0011, 8e-3, "with replacement")
ax.text(0.0011, 3e-4, "always sorted")
ax.text(0.0032, 1.5e-5, "reshuffled every epoch")
plt.show()
