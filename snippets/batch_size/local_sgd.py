"""Local SGD: two workers that meet every H steps settle away from the minimum."""

import matplotlib.pyplot as plt
import numpy as np

curvature, center = np.array([1.0, 4.0]), np.array([0.0, 1.0])  # one parabola a worker


def settle(H, lr=0.1, rounds=2000):
    """Return where the mean of the workers ends, if each takes H steps alone.

    >>> [f"{settle(H):.5f}" for H in (1, 2, 8, 32, 128)]
    ['0.80000', '0.77108', '0.63321', '0.50873', '0.50000']
    >>> all(abs(settle(H) - fixed(H)) < 1e-9 for H in (1, 3, 20))
    True
    >>> f"{fixed(10, 1e-6):.4f} {fixed(10**6, 1e-4):.4f}"
    '0.8000 0.5000'
    """
    x = 0.0
    for _ in range(rounds):
        own = np.full(2, x)
        for _ in range(H):
            own = own - lr * curvature * (own - center)
        x = own.mean()
    return x


def fixed(H, lr=0.1):
    """Return the same by its closed form."""
    gone = 1 - (1 - lr * curvature) ** H
    return gone @ center / gone.sum()


Hs = [1, 2, 4, 8, 16, 32, 64, 128]
fig, ax = plt.subplots()
for lr in (0.1, 0.01, 0.001):
    ax.semilogx(Hs, [fixed(H, lr) for H in Hs], marker="o", label=f"{lr}")
ax.axhline(0.5, color="0.5", linestyle=":")
ax.set(xlabel="steps between two meetings", ylabel="where it settles")
ax.legend(title=r"$\alpha$")
plt.show()
