"""How long Adam's steps would be without bias correction, on a steady gradient."""

import matplotlib.pyplot as plt
import numpy as np


def length(t, beta2, beta1=0.9):
    """Return the length of step t, in units of the rate.

    >>> m = s = 0.0
    >>> for _ in range(12):
    ...     m, s = 0.9 * m + 0.1 * 5, 0.999 * s + 0.001 * 5**2
    >>> bool(abs(m / s**0.5 - length(12, 0.999)) < 1e-9)
    True
    >>> f"{first:.7f} {peak:.7f} {when} {late}", f"{length(1, 0.64, 0.7):.9f}"
    ('3.1622777 6.5685203 12 1751', '0.500000000')
    """
    return (1 - beta1**t) / np.sqrt(1 - beta2**t)


t = np.arange(1, 10_001)
steps = length(t, 0.999)
first, peak, when = float(steps[0]), float(steps.max()), int(t[steps.argmax()])
late = int(t[steps > 1.1][-1]) + 1
fig, ax = plt.subplots()
for beta2, x, y in ((0.999, 40, 5.2), (0.99, 26, 2.1), (0.95, 1.6, 0.35)):
    ax.semilogx(t, length(t, beta2), color="C3")
    ax.text(x, y, rf"$\beta_2 = {beta2}$", color="C3")
ax.axhline(1, color="0.5", linestyle=":")
ax.text(180, 0.4, "with the correction")
ax.set(xlabel="step", ylabel="length of the step / rate", ylim=(0, 7))
plt.show()
