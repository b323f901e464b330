"""How many random trials hit the best share of a search space, with a chance of 95%."""

import math

import matplotlib.pyplot as plt
import numpy as np


def trials(share, sure=0.95):
    """Return how many draws have one among the best share with this chance.

    >>> [trials(share) for share in (0.1, 0.05, 0.01)], trials(0.5, 0.75)
    ([29, 59, 299], 2)
    >>> 1 - 0.95**58 < 0.95 < 1 - 0.95**59, 1 - 0.95**60 > 0.953
    (True, True)
    """
    return math.ceil(math.log(1 - sure) / math.log(1 - share))


def hits(share, n):
    """Return how often n random draws have one among the best share, in 20,000 games.

    >>> gaps = [hits(s, n) - 1 + (1 - s) ** n for s, n in [(0.2, 9), (0.05, 59)]]
    >>> all(abs(gap) < 0.014 for gap in gaps)
    True
    """
    return (np.random.default_rng(0).random((20_000, n)) < share).any(1).mean()


shares = [0.2, 0.1, 0.05, 0.01]
needed = [trials(share) for share in shares]
n = np.arange(1, 1000)
fig, ax = plt.subplots(figsize=(4.8, 2.8))
for share, at in zip(shares, needed, strict=True):
    ax.semilogx(n, 1 - (1 - share) ** n, color="C0")
    ax.plot(at, 1 - (1 - share) ** at, "o", color="C0")
    ax.text(0.9 * math.log(0.5) / math.log(1 - share), 0.5, f"{at}", ha="right")
ax.axhline(0.95, color="0.5", ls=":")
ax.set(xlabel="trials", ylabel="chance of a hit", ylim=(0, 1.02))
plt.show()
