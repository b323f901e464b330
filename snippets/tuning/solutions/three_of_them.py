"""Which trials hit the best tenth of the one hyperparameter among three that counts."""

import numpy as np


def hit(values, width=0.1, rounds=20_000):
    """Return how often one of the values lies in a window of this width, put at random.

    >>> abs(hit(grid) - 1 / 3) < 0.014, abs(hit(grid, 0.2) - 2 / 3) < 0.014
    (True, True)
    >>> hit(strata), f"{1 - 0.9**27:.3f}", abs(chances[1] - 1 + 0.9**27) < 0.008
    (1.0, '0.942', True)
    """
    rng = np.random.default_rng(1)
    start = rng.random((rounds, 1)) * (1 - width)
    values = rng.random((rounds, 27)) if values is None else values
    return float(np.mean(((values >= start) & (values <= start + width)).any(1)))


grid, strata = (np.arange(3) + 0.5) / 3, (np.arange(27) + 0.5) / 27
chances = [hit(grid), hit(None), hit(strata)]
print(*(f"{chance:.3f}" for chance in chances))
