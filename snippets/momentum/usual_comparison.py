"""Momentum against gradient descent, as the comparison is usually drawn."""

import matplotlib.pyplot as plt


def momentum(lr, beta, x=2.0, steps=20):
    """Return the path on the parabola, its start included.

    >>> [f"{path[20]:.9f}" for path in paths], [f"{loss[20]:.6f}" for loss in losses]
    (['1.335215944', '-0.541342676'], ['1.782802', '0.293052'])
    >>> abs(paths[0][20] - 2 * 0.98**20) < 1e-9
    True

    The ball crosses the minimum at step 14, and its loss rises after that.

    >>> next(k for k in range(21) if paths[1][k] < 0)
    14
    >>> abs(paths[1][14]) < abs(paths[1][17]) < abs(paths[1][20])
    True
    """
    path, v = [x], 0.0
    for _ in range(steps):
        v = beta * v - lr * 2 * x
        x = x + v
        path.append(x)
    return path


paths = [momentum(0.01, beta) for beta in (0, 0.9)]
losses = [[x**2 for x in path] for path in paths]
fig, ax = plt.subplots()
ax.plot(losses[0], "C0s-")
ax.plot(losses[1], "C1o-")
ax.text(13, 2.7, r"$\beta = 0$", color="C0")
ax.text(4.5, 0.6, r"$\beta = 0.9$", color="C1")
ax.set(xlabel="step", ylabel="loss", xticks=range(0, 21, 5))
plt.show()
