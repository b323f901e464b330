"""A saddle delays: gradient descent from points ever closer to its ridge."""

import matplotlib.pyplot as plt
import numpy as np


def loss(x):
    return x[..., 0] ** 2 / 2 - x[..., 1] ** 2 / 2 + x[..., 1] ** 4 / 4


def gradient_descent(offset, lr=0.5, steps=80):
    """Return the path from (1, offset), past the saddle (0, 0) to the minimum (0, 1).

    Near the saddle a step multiplies x_2 by 1 + lr, so half of the way down is
    reached after about log(1 / offset) / log(1 + lr) steps.

    >>> waits, [round(float(-np.log(o) / np.log(1.5))) for o in offsets]
    ([11, 28, 56], [11, 28, 57])

    With 1 / L = lr, the least |grad|^2 of k steps is at most 2 L (f(x_0) - f*) / k.
    It is found near the saddle, and the gradient grows again.

    >>> bool(np.all(np.minimum.accumulate(norms) <= 3 / np.arange(1, 82)))
    True
    >>> f"{flattest:.0e} {norms[56]:.2f} {loss(paths[2][80]):.4f} {loss(np.r_[4, 2])}"
    '5e-13 0.14 -0.2500 10.0'
    """
    path = [np.array([1.0, offset])]
    for _ in range(steps):
        x1, x2 = path[-1]
        path.append(path[-1] - lr * np.array([x1, x2**3 - x2]))
    return np.array(path)


offsets = (1e-2, 1e-5, 1e-10)
paths = [gradient_descent(offset) for offset in offsets]
waits = [int(np.argmax(loss(path) < -1 / 8)) for path in paths]
norms = np.sum((paths[2] ** [1, 3] - paths[2] * [0, 1]) ** 2, axis=1)
flattest = float(norms[:57].min())
fig, ax = plt.subplots()
for path, power, wait in zip(paths, (-2, -5, -10), waits, strict=True):
    ax.plot(loss(path), color="C0")
    ax.text(wait + 1, -0.1, f"$10^{{{power}}}$")
ax.set(xlabel="step", ylabel="loss")
plt.show()
