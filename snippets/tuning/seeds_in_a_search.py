"""60 runs: many settings once, or few settings with several seeds each."""

from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np

z, normal = np.arange(-8, 8, 1 / 64), NormalDist()
bell, below = (np.array([f(at) for at in z]) for f in (normal.pdf, normal.cdf))


def best_of(n):
    """Return the mean of the greatest of n standard normal numbers.

    >>> round(best_of(2) * np.pi**0.5, 9), round(best_of(3) * np.pi**0.5, 9)
    (1.0, 1.5)
    """
    return float((z * n * bell * below ** (n - 1)).sum()) / 64


def won(n, noise, spread=1.0):
    """Return how far the winner of n is above the average: in truth, and as it looks.

    >>> a, b = np.random.default_rng(0).normal(size=(2, 40_000, 10))
    >>> true, seen = 2 * a, 2 * a + 3 * b
    >>> picked = true[np.arange(40_000), seen.argmax(1)].mean(), seen.max(1).mean()
    >>> all(abs(np.subtract(picked, won(10, 3, 2))) < 0.04), won(2, 0) == (tops[2],) * 2
    (True, True)
    """
    total = np.hypot(spread, noise)
    return best_of(n) * spread**2 / total, best_of(n) * total


runs, seeds, noises = 60, [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30], [0.5, 1, 2, 4]
gains = {s: [won(runs // r, s / r**0.5)[0] for r in seeds] for s in noises}
best = {s: seeds[int(np.argmax(gain))] for s, gain in gains.items()}
tops = {n: best_of(n) for n in (2, 10, 60)}
fig, ax = plt.subplots(figsize=(4.8, 3))
for s, gain in gains.items():
    ax.semilogx(seeds, gain, "-", color="C0")
    ax.plot(best[s], max(gain), "o", color="C0")
    ax.text(0.94, gain[0], rf"$\sigma={s:g}\,\tau$", ha="right", va="center")
ax.set(xlabel="seeds for each setting", ylabel="true gain of the winner")
ax.set(xlim=(0.5, 32), ylim=(0, 2.3))
plt.show()
