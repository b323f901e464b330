"""One loud gradient, and how long Adam's later steps are short because of it."""

import matplotlib.pyplot as plt
import numpy as np


def shortened(k, beta2, spike=100.0):
    """Return the length of a step k steps after a gradient of size spike among 1s.

    >>> s = 1.0
    >>> for g in (7.0, 1.0, 1.0):
    ...     s = 0.9 * s + 0.1 * g**2
    >>> bool(abs(s**-0.5 - shortened(2, 0.9, 7.0)) < 1e-9)
    True
    >>> [f"{shortened(0, beta2):.4f}" for beta2 in betas], back, f"{loud:.3f}"
    (['0.0316', '0.0995', '0.3015'], [80, 603, 3751], '3.287')
    """
    return 1 / np.sqrt(1 + (1 - beta2) * beta2**k * (spike**2 - 1))


betas, k = (0.9, 0.99, 0.999), np.arange(10_000)
loud = float((0.9 * 1 + (1 - 0.9) * 100) * shortened(0, 0.999))
back = [int(k[shortened(k, beta2) < 0.9][-1]) + 1 for beta2 in betas]
fig, ax = plt.subplots()
for beta2, x, y in zip(betas, (9, 78, 1500), (0.7, 0.6, 0.3), strict=True):
    ax.semilogx(k + 1, shortened(k, beta2), color="C3")
    ax.text(x, y, rf"$\beta_2 = {beta2}$", color="C3")
ax.set(xlabel="step", ylabel="length of the step / rate", ylim=(0, 1.05))
plt.show()
