"""A valley in which every step reaches only one coordinate more."""

import matplotlib.pyplot as plt
import numpy as np

n, mu, L = 200, 4.0, 400.0
q = (L**0.5 - mu**0.5) / (L**0.5 + mu**0.5)
chain = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
chain[-1, -1] = 2 - q  # as if the chain went on for ever
hessian, pull = (L - mu) / 4 * chain + mu * np.eye(n), (L - mu) / 4 * np.eye(n)[0]
minimum = q ** np.arange(1, n + 1)


def momentum(lr, beta, nesterov=False, x=0.0, steps=100):
    """Return the path from x, its start included.

    >>> bool(abs(hessian @ minimum - pull).max() < 1e-9)
    True
    >>> [bool(mu < c < L) for c in np.linalg.eigvalsh(hessian)[[0, -1]]]
    [True, True]
    >>> [np.count_nonzero(path, axis=1).tolist() == list(range(101)) for path in paths]
    [True, True, True]
    >>> [f"{ratio.min():.9f} {ratio[50]:.1f}" for ratio in ratios]
    ['1.000000000 2685.1', '1.000000000 1.0', '1.000000000 93.3']
    """
    path, v = [x + np.zeros(n)], np.zeros(n)
    for _ in range(steps):
        v = beta * v - lr * (hessian @ (path[-1] + nesterov * beta * v) - pull)
        path.append(path[-1] + v)
    return np.array(path)


best, usual = ((1 - q) ** 2 / mu, q**2), (1 / L, q, True)
paths = [momentum(2 / (L + mu), 0), momentum(*best), momentum(*usual)]
far = [np.linalg.norm(x - minimum, axis=1) / np.linalg.norm(minimum) for x in paths]
ratios = far / q ** np.arange(101)
fig, ax = plt.subplots()
ax.fill_between(range(101), 1e-9, q ** np.arange(101), color="0.5", alpha=0.2)
ax.semilogy(far[0], "C0-", far[1], "C1--", far[2], "C2-.")
ax.text(60, 0.2, "gradient descent", color="C0")
ax.text(64, 2e-5, "heavy ball", color="C1")
ax.text(60, 0.004, "Nesterov", color="C2")
ax.text(10, 1e-7, "no method gets here")
ax.set(xlabel="step", ylabel="distance", ylim=(1e-9, 2))
plt.show()
