"""Learning rates that decrease: fast enough to quieten, slowly enough to arrive."""

import matplotlib.pyplot as plt
import numpy as np

schedules = {
    r"$0.1$": lambda t: 0.1,
    r"$t^{-1/2}$": lambda t: t**-0.5,
    r"$t^{-1}$": lambda t: t**-1.0,
    r"$(4t)^{-1}$": lambda t: 0.25 / t,
    r"$0.9\,t^{-2}$": lambda t: 0.9 * t**-2.0,
}


def squared_distance(schedule, x0=10.0, steps=10_000):
    """Return E[x**2] after each step of SGD on x**2 / 2, for noise of variance 1.

    >>> curve = squared_distance(lambda t: 1 / t)
    >>> all(abs(t * curve[t] - 1) < 1e-9 for t in range(1, 10_001))
    True
    >>> squared_distance(lambda t: 0.5, x0=2.0, steps=2), len(curves["$0.1$"])
    ([4.0, 1.25, 0.5625], 10001)
    >>> " ".join(f"{v:.3g}" for v in last)
    '0.0526 0.00504 0.0001 0.668 0.56'
    """
    mean, variance = x0, 0.0
    curve = [x0**2]
    for t in range(1, steps + 1):
        lr = schedule(t)
        mean = (1 - lr) * mean
        variance = (1 - lr) ** 2 * variance + lr**2
        curve.append(mean**2 + variance)
    return curve


curves = {name: squared_distance(s) for name, s in schedules.items()}
last = [curve[-1] for curve in curves.values()]
fig, ax = plt.subplots()
for name, curve in curves.items():
    ax.loglog(np.arange(1, len(curve)), curve[1:], label=name)
ax.set(xlabel="step", ylabel="mean squared distance", ylim=(5e-5, 200))
ax.legend(ncols=2)
plt.show()
