"""Conjugate gradient beside gradient descent and heavy ball, both at their best."""

import matplotlib.pyplot as plt
import numpy as np

curvature = np.geomspace(1, 100, 200)
start = curvature**-0.5  # each direction has the same share of the loss


def momentum(lr, beta, steps=900):
    """Return how much of the error is left after each step, in the norm of A.

    >>> counts, all(cg <= ball[:81]), all(cg <= bound[:81])
    ([589, 81, 65, 73], True, True)
    """
    x, v, path = start, 0.0, [start]
    for _ in range(steps):
        v = beta * v - lr * curvature * x
        x = x + v
        path.append(x)
    return np.sqrt(np.square(path) @ curvature / 200)


def conjugate_gradient(steps=80):
    x, r, path = start, -curvature * start, [start]
    p = r
    for _ in range(steps):
        alpha = r @ r / (p @ (curvature * p))
        x = x + alpha * p
        old, r = r, r - alpha * curvature * p
        p = r + r @ r / (old @ old) * p
        path.append(x)
    return np.sqrt(np.square(path) @ curvature / 200)


descent, ball = momentum(2 / 101, 0.0), momentum(4 / 11**2, (9 / 11) ** 2)
cg, bound = conjugate_gradient(), 1 / np.cosh(np.arange(81) * np.arccosh(101 / 99))
counts = [int(np.argmax(path < 1e-6)) for path in (descent, ball, cg, bound)]
fig, ax = plt.subplots()
for path, line in ((descent, "C0-"), (ball, "C1--"), (cg, "k-"), (bound, "k:")):
    ax.semilogy(path[:81], line, linewidth=1.4)
ax.set(xlabel="step", ylabel="error left", ylim=(1e-7, 3), yticks=(1e-6, 1e-4, 0.01, 1))
plt.show()
