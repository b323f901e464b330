"""Four ways to choose the step in the valley, two of them anew each time."""

import matplotlib.pyplot as plt
import numpy as np

curvature, start = np.array([1.0, 20.0]), np.array([-6.0, 1.5])


def loss(x):
    return 0.5 * x**2 @ curvature


def backtracking(x, grad, lr=1.0, c=0.5):
    """Return the first of lr, lr / 2, ... that lowers the loss by c * lr * |grad|^2.

    By the descent lemma 1 / L passes, so no rate below 1 / (2 L) is ever returned.

    >>> bool(rates[2].min() >= 1 / 40), tries, [f"{end:.3g}" for end in ends]
    (True, 88, ['2.31', '0.739', '0.0227', '4.52e-07'])
    """
    while loss(x - lr * grad) > loss(x) - c * lr * grad @ grad:
        lr = lr / 2
    return lr


def gradient_descent(rule, steps=20):
    path, lrs = [start], []
    for _ in range(steps):
        lrs.append(rule(path[-1], curvature * path[-1]))
        path.append(path[-1] - lrs[-1] * curvature * path[-1])
    return loss(np.array(path)), np.array(lrs)


rules = [lambda x, grad: 1 / 20, lambda x, grad: 2 / 21, backtracking]
rules += [lambda x, grad: grad @ grad / (grad @ (curvature * grad))]
losses, rates = zip(*map(gradient_descent, rules), strict=True)
ends, tries = [float(row[20]) for row in losses], int(np.sum(1 - np.log2(rates[2])))
fig, ax = plt.subplots()
ax.semilogy(np.array(losses).T, color="C0")
ax.text(20, 4, "$1/L$", ha="right")
ax.text(20, 0.2, r"$2/(L + \mu)$", ha="right")
ax.text(20, 5e-3, "backtracking", ha="right")
ax.text(13, 1e-5, "exact line search", ha="right")
ax.set(xlabel="step", ylabel="loss", xticks=range(0, 21, 5))
plt.show()
