"""Where one model fits every example there is no noise, and a constant rate arrives."""

import matplotlib.pyplot as plt
import numpy as np


def sgd(unknowns, lr=0.5, n=50, epochs=60, seed=0):
    """Return the squared distance to the minimizer after each epoch, the start as 1.

    >>> misfits[0] > 0.5, misfits[1] < 1e-20
    (True, True)
    >>> stall, paths[200][60] < 1e-7, paths[200][0], sgd(200, lr=0)[0][-1]
    (2.2, True, 1.0, 1.0)
    >>> max(b / a for a, b in zip(paths[200], paths[200][1:])) < 1
    True
    """
    rng = np.random.default_rng(seed)
    A, b = rng.normal(size=(n, unknowns)) / np.sqrt(unknowns), rng.normal(size=n)
    best = np.linalg.lstsq(A, b)[0]
    x, path = np.zeros(unknowns), [1.0]
    for _ in range(epochs):
        for i in rng.integers(n, size=n):
            x = x - lr * (A[i] @ x - b[i]) * A[i]
        path.append(float(np.sum((x - best) ** 2) / np.sum(best**2)))
    return path, float(np.mean((A @ best - b) ** 2))


runs = {unknowns: sgd(unknowns) for unknowns in (10, 200)}
paths = {unknowns: path for unknowns, (path, _) in runs.items()}
misfits = [misfit for _, misfit in runs.values()]
stall = round(float(np.mean(paths[10][20:])), 1)
fig, ax = plt.subplots()
for path in paths.values():
    ax.semilogy(path, color="C0")
ax.text(25, 8, "fewer unknowns than examples")
ax.text(8, 1e-6, "more unknowns")
ax.set(xlabel="epoch", ylabel="squared distance to the minimum", ylim=(1e-9, 200))
plt.show()
