"""Adam's first steps are its longest: the size of its mean in pure noise."""

import numpy as np


def size(t, beta=0.9):
    """Return the standard deviation of Adam's mean after t gradients of noise.

    >>> simulated = [bool(abs(means[t].std() / size(t) - 1) < 0.02) for t in counts]
    >>> all(simulated), [f"{value:.4f}" for value in sizes]
    (True, ['1.0000', '0.7081', '0.4521', '0.3301', '0.2306'])
    """
    return ((1 - beta) * (1 + beta**t) / ((1 + beta) * (1 - beta**t))) ** 0.5


rng, m, means = np.random.default_rng(0), 0.0, [np.zeros(1)]
for t in range(1, 51):
    m = 0.9 * m + 0.1 * rng.normal(size=20_000)
    means.append(m / (1 - 0.9**t))
counts = [1, 2, 5, 10, 50]
sizes, ratio = [size(t) for t in counts], size(1) / size(10**6)
print(*(f"{value:.4f}" for value in sizes), f"{ratio:.2f}")
