"""One stable trunk, and a short way down wherever a training is to end."""

import matplotlib.pyplot as plt
import numpy as np

curvature, horizons, peak = np.geomspace(0.01, 1, 30), (100, 200, 400), 0.38
over = np.arange(400) / 400  # how much of the longest training is over


def losses(rates, x0=1.0, sigma=0.1):
    """Return E f after each step, exactly.

    >>> by_hand = (1 - 0.5 * curvature) ** 2 * 4 + (0.5 * 3) ** 2
    >>> pair = curvature.sum() * 4 / 2, curvature @ by_hand / 2
    >>> bool(np.allclose(losses([0.5], 2, 3), pair, rtol=0, atol=1e-9))
    True
    >>> [f"{branch[-1]:.4f} {trunk[T]:.4f}" for T, branch in zip(horizons, branches)]
    ['0.0427 0.0480', '0.0237 0.0342', '0.0157 0.0304']
    >>> f"{line[100]:.4f} {short[-1]:.4f}"
    '0.0441 0.0332'
    """
    square = np.full(len(curvature), x0**2)
    path = [float(curvature @ square / 2)]
    for lr in rates:
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
        path.append(float(curvature @ square / 2))
    return path


def branch(T, share=0.2):
    """Return the rates of a trunk that comes down to zero in the last part."""
    return peak * np.minimum(1, (1 - np.arange(T) / T) / share)


trunk, branches = losses([peak] * 400), [losses(branch(T)) for T in horizons]
line, short = losses(0.814 * (1 - over[::2])), losses(1.167 * (1 - over[::4]))
fig, ax = plt.subplots()
ax.semilogy(trunk, color="0.5")
for T, path in zip(horizons, branches, strict=True):
    ax.plot(range(4 * T // 5, T + 1), path[4 * T // 5 :], "C0-")
    ax.text(T, path[-1] * 0.87, f"$T = {T}$", ha="right")
ax.text(130, 0.05, "trunk", color="0.5")
ax.set(xlabel="step", ylabel="expected loss", ylim=(0.012, 0.3))
plt.show()
