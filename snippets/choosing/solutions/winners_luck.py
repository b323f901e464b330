"""The best of many looks better than it is, and fresh images show how good it is."""

import numpy as np


def luck(candidates, sd=0.1, trials=100_000):
    """Return how far below the truth the best of equals is, seen and on fresh images.

    >>> 0.05 < luck(2)[0] < 0.06 and 0.15 < luck(10)[0] < 0.16
    True
    >>> abs(luck(10, sd=0.2)[0] / luck(10)[0] - 2) < 1e-9, abs(luck(10)[1]) < 0.0015
    (True, True)
    """
    seen, fresh = sd * np.random.default_rng(0).normal(size=(2, trials, candidates))
    best = seen.argmin(1)[:, None]
    return [float(-np.take_along_axis(e, best, 1).mean()) for e in (seen, fresh)]


gains = [luck(k) for k in (1, 2, 10, 17)]
print(*(f"{seen:.3f}" for seen, _ in gains))
print(*(f"{abs(fresh):.3f}" for _, fresh in gains))
