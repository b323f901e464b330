"""Two valleys: where gradient descent ends depends on where it starts."""

import matplotlib.pyplot as plt
import numpy as np


def loss(x):
    return x**4 / 4 - x**2 / 2 + x / 10


def gradient_descent(x, lr=0.3, steps=60):
    """Return the path from x, its start included.

    Starts that differ by 0.2 end in two valleys. The loss never rises on the way.

    >>> " ".join(f"{x:.4f}" for x in (*left[[1, 60]], right[60], *ends))
    '-0.0300 -1.0467 0.9456 -0.3524 -0.1526'
    >>> round(loss(2.0), 9), gradient_descent(2.0, lr=0.1, steps=1).round(9).tolist()
    (2.2, [2.0, 1.39])
    >>> [bool(np.all(np.diff(loss(path)) <= 1e-15)) for path in (left, right)]
    [True, True]

    The top of the hill is stationary too: a path that starts there stays.

    >>> bool(abs(gradient_descent(hill)[-1] - hill) < 1e-9)
    True
    """
    path = [x]
    for _ in range(steps):
        x = x - lr * (x**3 - x + 0.1)
        path.append(x)
    return np.array(path)


hill = float(np.sort(np.roots([1, 0, -1, 0.1]).real)[1])
left, right = gradient_descent(0.0), gradient_descent(0.2)
ends = [float(loss(left[-1])), float(loss(right[-1]))]
x = np.linspace(-1.6, 1.5, 200)
fig, ax = plt.subplots()
ax.plot(x, loss(x), color="0.5", linestyle="-")
ax.plot(left, loss(left), "C0o-", linewidth=1)
ax.plot(right, loss(right), "C0s-", linewidth=1)
ax.plot(hill, loss(hill), "k^", 0, 0, "ko", 0.2, loss(0.2), "ko")
ax.set(xlabel="$x$", ylabel="$f(x)$")
plt.show()
