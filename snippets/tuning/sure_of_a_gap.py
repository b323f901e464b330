"""How often a paired t test finds a gap, by its size and the number of seeds."""

import matplotlib.pyplot as plt
import numpy as np

critical = {3: 4.303, 5: 2.776, 10: 2.262, 20: 2.093}  # of Student's t, at 5%


def share(gap, n, rounds=20_000):
    """Return how often the mean of n differences is told from zero.

    The differences are normal, and the gap is in units of their standard deviation.

    >>> [f"{share(0, n):.2f}" for n in critical]  # false alarms
    ['0.05', '0.05', '0.05', '0.05']
    >>> [f"{share(1, n):.1f}" for n in critical], f"{share(2, 5):.2f}"
    (['0.2', '0.4', '0.8', '1.0'], '0.91')
    """
    d = gap + np.random.default_rng(n).normal(size=(rounds, n))
    t = d.mean(1) / d.std(1, ddof=1) * n**0.5
    return float(np.mean(abs(t) > critical[n]))


gaps = np.linspace(0, 3, 31)
found = {n: [share(gap, n) for gap in gaps] for n in critical}
enough = {n: float(np.interp(0.8, found[n], gaps)) for n in (5, 10, 20)}
fig, ax = plt.subplots(figsize=(4.8, 2.8))
for n, curve in found.items():
    ax.plot(gaps, curve, color="C0")
    ax.text(np.interp(0.5, curve, gaps) - 0.05, 0.52, f"{n}", ha="right")
ax.axhline(0.8, color="0.5", ls=":")
ax.set(xlabel="gap, in standard deviations of a difference", ylabel="share found")
ax.set(xlim=(0, 3), ylim=(0, 1.02))
plt.show()
