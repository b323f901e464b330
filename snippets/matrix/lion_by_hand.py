"""Lion, whose step never shrinks: beside sign descent on a parabola."""

import matplotlib.pyplot as plt
import numpy as np


def lion(grad, x, m, lr, beta1=0.9, beta2=0.99, decay=0.0):
    """Return the weights and the running mean after a step.

    With both betas 0 it is sign descent; and so is, with any, the first step.

    >>> grad, x = np.array([3.0, -1e-6]), np.array([1.0, 2.0])
    >>> [lion(grad, x, 9.0, 0.1, 0, 0)[0].tolist(), lion(grad, x, 0, 0.1)[0].tolist()]
    [[0.9, 2.1], [0.9, 2.1]]
    >>> x, m = lion(grad, x, np.array([-1.0, 2.0]), 0.1, 0.5, 0.75, decay=0.5)
    >>> x.round(9).tolist(), m.round(3).tolist()
    ([0.85, 1.8], [0.0, 1.5])
    """
    step = np.sign(beta1 * m + (1 - beta1) * grad) + decay * x
    return x - lr * step, beta2 * m + (1 - beta2) * grad


def walk(beta1, beta2, curvature=1.0, x=1.0, lr=0.01, steps=400):
    """Return the path on a parabola. Its curvature is of no matter.

    >>> bool(np.array_equal(paths[2], walk(0.9, 0.99, curvature=50.0)))
    True
    >>> [f"{path[101:].min():.2f} {np.abs(path[300:]).max():.2f}" for path in paths]
    ['-0.00 0.01', '-0.09 0.02', '-0.51 0.01']
    """
    path, m = [x], 0.0
    for _ in range(steps):
        x, m = lion(curvature * x, x, m, lr, beta1, beta2)
        path.append(x)
    return np.array(path)


paths = [walk(0, 0), walk(0.9, 0.9), walk(0.9, 0.99)]
fig, ax = plt.subplots()
for path, colour in zip(paths, ("0.5", "C3", "C5"), strict=True):
    ax.plot(path, color=colour, linewidth=1.4)
ax.text(30, 0.9, r"$\beta_1 = \beta_2 = 0$")
ax.set(xlabel="step", ylabel="$x$")
plt.show()
