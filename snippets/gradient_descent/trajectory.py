"""Twenty steps of gradient descent on the parabola."""

import matplotlib.pyplot as plt
import numpy as np


def loss(x):
    return x**2


def grad(x):
    return 2 * x


def gradient_descent(x, lr=0.1, steps=20):
    """Return the path from x, its start included: steps + 1 points.

    Each step multiplies x by 1 - 2 lr, so step 20 from 2 ends at 2 * 0.8**20.

    >>> len(path), bool(abs(path[20] - 2 * 0.8**20) < 1e-9)
    (21, True)
    >>> f"{path[19]:.4f} {path[20]:.4f}"
    '0.0288 0.0231'
    >>> loss(3.0), grad(3.0)
    (9.0, 6.0)
    """
    path = [x]
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


path = gradient_descent(2.0)
x = np.linspace(-2.2, 2.2, 200)
fig, ax = plt.subplots()
ax.plot(x, loss(x), color="0.5", linestyle="-")
ax.plot(path, loss(path), "o-")
ax.plot(path[0], loss(path[0]), "ko", 0, 0, "k*", markersize=8)
ax.set(xlabel="$x$", ylabel="$f(x)$")
plt.show()
