"""The largest stable learning rate of Nesterov's momentum, by bisection."""

import numpy as np


def radius(step, beta):
    """Return the modulus of the larger eigenvalue; step is lr times curvature.

    Nesterov is heavy ball with beta (1 - step) in the place of beta.

    >>> matrix = [[1 - 0.3, 0.9 * (1 - 0.3)], [-0.3, 0.9 * (1 - 0.3)]]
    >>> bool(abs(max(abs(np.linalg.eigvals(matrix))) - radius(0.3, 0.9)) < 1e-9)
    True

    The limit is 2 (1 + beta) / (1 + 2 beta).

    >>> limits = [2 * (1 + beta) / (1 + 2 * beta) for beta in betas]
    >>> [abs(a - b) < 1e-9 for a, b in zip(found, limits)]
    [True, True, True]
    """
    friction = beta * (1 - step)
    return float(max(abs(np.roots([1, step - 1 - friction, friction]))))


def limit(beta):
    low, high = 1.0, 2.1
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if radius(middle, beta) < 1 else (low, middle)
    return low


betas = [0, 0.5, 0.9]
found = [limit(beta) for beta in betas]
print(*(f"{x:.6f}" for x in found))
