"""Three ways to spend the same number of gradients on a least-squares fit."""

import matplotlib.pyplot as plt
import numpy as np

n, rng = 100, np.random.default_rng(0)
A = rng.normal(size=(n, 2)) @ np.array([[1.0, 0.4], [0.0, 0.7]])
b = A @ np.array([1.0, 1.0]) + rng.normal(size=n)
best = np.linalg.lstsq(A, b)[0]


def grad(x, rows):
    """Return the gradient of the mean loss over some of the examples.

    >>> abs(sum(grad(best, [i]) for i in range(n))).max() < 1e-9, paths[1][-1].round(1)
    (np.True_, array([0.8, 1.4]))
    """
    return A[rows].T @ (A[rows] @ x - b[rows]) / len(rows)


def sgd(batch, lr=0.1, epochs=3):
    """Return the path of some epochs; each shuffles the examples, then uses them all.

    >>> full, turn = paths[n] - best, np.eye(2) - 0.1 * A.T @ A / n
    >>> sgd(n)[0], np.allclose(full[1:], full[:3] @ turn), len(sgd(30)), len(sgd(64))
    (array([-1.5,  2.5]), True, 13, 7)
    """
    path = [np.array([-1.5, 2.5])]
    for _ in range(epochs):
        for rows in np.split(rng.permutation(n), range(batch, n, batch)):
            path.append(path[-1] - lr * grad(path[-1], rows))
    return np.array(path)


paths = {batch: sgd(batch) for batch in (n, 10, 1)}
fig, ax = plt.subplots()
u, v = np.meshgrid(np.linspace(-2, 2.5, 60), np.linspace(-0.5, 3, 60))
gap = ((np.stack([u - best[0], v - best[1]], axis=-1) @ A.T) ** 2).mean(axis=-1)
ax.contour(u, v, gap, levels=[0.1, 0.5, 1.5, 3, 6, 10], linewidths=0.4, colors="0.5")
for k, (batch, at) in enumerate({n: (-1.4, 2.2), 10: (0.3, 2), 1: (1.3, 0.9)}.items()):
    ax.plot(*paths[batch].T, f"C{k}" + ["o-", ".-", "-"][k], linewidth=(1.8, 1, 0.5)[k])
    ax.text(*at, rf"$B = {batch}$", color=f"C{k}")
ax.plot(*paths[1][0], "ko", *best, "k*", markersize=8)
ax.set(xlabel="$x_1$", ylabel="$x_2$")
plt.show()
