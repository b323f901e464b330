"""The learning rate that gives each beta the noise ball of plain SGD at 0.1."""

import numpy as np


def learning_rate(beta, V=0.1 / 1.9):
    """Return the lr for which the ball is V, with curvature and noise 1.

    >>> ball = [a * (1 + b) / (1 - b) / (2 * (1 + b) - a) for a, b in zip(lrs, betas)]
    >>> [abs(v - 0.1 / 1.9) < 1e-9 for v in ball]
    [True, True, True]
    """
    return 2 * V * (1 - beta) * (1 + beta) / (1 + beta + V * (1 - beta))


betas = [0, 0.9, 0.99]
lrs = [learning_rate(beta) for beta in betas]
steps = []
for lr, beta in zip(lrs, betas, strict=True):
    rate = max(abs(np.roots([1, lr - 1 - beta, beta])))
    steps.append(float(np.log(0.001) / np.log(rate)))
    print(f"{beta:4.2f} {lr:.6f} {lr / (1 - beta):.4f} {steps[-1]:5.0f}")
