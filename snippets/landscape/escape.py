"""How long a saddle holds: random starts, and starts on it that noise moves away."""

import math

import matplotlib.pyplot as plt
import numpy as np


def left(start, noise, q=1.2, steps=200, runs=20_000):
    """Return by step the share of runs that are still nearer than 1 to the saddle.

    >>> all((abs(m - t) < 0.02).all() for m, t in zip(measured, theory, strict=True))
    True
    >>> f"{theory[0][20]:.4f}", exact(0.5, 0.8, steps=1).round(6).tolist()
    ('0.0208', [0.9545, 0.682689])
    >>> [bool(abs(mean - late) < 0.25) for mean, late in zip(means, formula)]
    [True, True, True]
    """
    rng = np.random.default_rng(0)
    y, share = start * rng.normal(size=runs), []
    for _ in range(steps + 1):
        share.append(np.mean(abs(y) < 1))
        y = q * y + noise * rng.normal(size=runs)
    return np.array(share)


def exact(start, noise, q=1.2, steps=200):
    grown = q ** (2 * np.arange(steps + 1))
    variance = start**2 * grown + noise**2 * (grown - 1) / (q**2 - 1)
    return np.array([math.erf(1 / math.sqrt(2 * v)) if v else 1.0 for v in variance])


kinds = (1, 0), (0, 1e-2), (0, 1e-6), (0, 1e-12)
measured, theory = [left(*kind) for kind in kinds], [exact(*kind) for kind in kinds]
means = [float(share.sum()) for share in measured[1:]]
middle = (math.log(0.44) + math.log(2) + np.euler_gamma) / 2  # 0.44 is q**2 - 1
formula = [(middle - math.log(s)) / math.log(1.2) + 0.5 for _, s in kinds[1:]]
fig, ax = plt.subplots()
for curve, dots in zip(theory, measured, strict=True):
    ax.plot(curve, color="C0")
    ax.plot(range(0, 201, 6), dots[::6], "k.", markersize=3)
for step, exponent in ((27, "-2"), (78, "-6"), (154, "-12")):
    ax.text(step, 0.6, f"$s=10^{{{exponent}}}$")
ax.set(xlabel="step", ylabel="share still near the saddle")
plt.show()
