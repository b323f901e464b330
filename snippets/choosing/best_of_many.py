"""The best of many equals looks better than it is: how its error is spread."""

from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np

z = np.arange(-8, 8, 1 / 64)
normal = NormalDist()
bell, below = (np.array([f(at) for at in z]) for f in (normal.pdf, normal.cdf))


def law(n):
    """Return the density, at z, of the greatest of n standard normal numbers.

    >>> [round(float(law(n).sum() / 64), 9) for n in (1, 17, 1000)]
    [1.0, 1.0, 1.0]
    """
    return n * bell * below ** (n - 1)


def flattery(n, sd=0.1):
    """Return by how much the best of n equals looks better than it is, on average.

    For two it is sd / pi**0.5, and never is it more than sd * (2 log n)**0.5.

    >>> round(flattery(2, 3) * np.pi**0.5, 9), round(flattery(3, 2) * np.pi**0.5, 9)
    (3.0, 3.0)
    >>> [f"{flattery(n) / (0.02 * np.log(n)) ** 0.5:.2f}" for n in (10, 1000)]
    ['0.72', '0.87']
    """
    return sd * float((z * law(n)).sum()) / 64


trials, sd = 10, 0.1
luck = {n: flattery(n) for n in (2, trials, 100, 10_000)}
fig, ax = plt.subplots(figsize=(4.8, 2.8))
ax.vlines((0, -luck[trials]), 0, 8, ("0.5", "C5"), linewidth=1)
ax.plot(-sd * z, law(1) / sd, "0.5", -sd * z, law(trials) / sd, "C5--")
ax.text(0.07, 3.6, "one run")
ax.text(-0.39, 4.5, "best of ten", color="C5")
ax.text(-0.16, 6.6, "mean of\nthe best", ha="right", color="C5")
ax.set(xlabel="measured error minus true error", ylabel="density")
ax.set(xlim=(-0.4, 0.4), ylim=(0, 8))
plt.show()
