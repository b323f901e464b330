"""A model of the time of a step: beyond some number, workers make it slower."""

import matplotlib.pyplot as plt
import numpy as np

cases = [  # seconds of one worker, of one message, and to send all gradients
    (8192 / 400, 5e-6, 4 * 25.6e6 / 10e9),
    (8192 / 400, 50e-6, 4 * 25.6e6 / 1.25e9),
    (6 * 7e9 * 2**20 / 4e14, 5e-6, 2 * 7e9 / 50e9),
]


def seconds(k, alone, latency, send):
    """Return how long a step takes with k workers and a ring.

    >>> [f"{seconds(1000, *case):.3f}" for case in cases], seconds(1, 3, 4, 5)
    (['0.051', '0.284', '0.680'], 3.0)
    >>> [int(np.argmin(seconds(np.arange(1, 5000), *case))) + 1 for case in cases]
    [1430, 451, 3310]
    >>> [round(k) for k in best]
    [1430, 451, 3310]
    """
    return alone / k + 2 * (k - 1) * latency + 2 * (1 - 1 / k) * send


def fastest(alone, latency, send):
    """Return the number of workers at which a step is shortest."""
    return ((alone - 2 * send) / (2 * latency)) ** 0.5


best = [fastest(*case) for case in cases]
thousand, ks = [case[0] / seconds(1000, *case) for case in cases], np.geomspace(1, 5000)
fig, ax = plt.subplots()
for case in cases:
    ax.loglog(ks, case[0] / seconds(ks, *case))
ax.plot(ks, ks, "0.5", linestyle=":")
ax.legend(["images, fast network", "images, slow network", "text", "ideal"])
ax.set(xlabel="workers", ylabel="times as fast")
plt.show()
