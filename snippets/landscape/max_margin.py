"""Separable logistic regression: the loss falls like 1 / t, the angle far slower."""

import math

import matplotlib.pyplot as plt
import numpy as np

points = np.array([[1.0, 0.2], [0.3, 1.5], [3.0, 2.0]])  # each times its label, 1 or -1
widest = math.atan2(0.7, 1.3)  # equally far from the first two
margin = float(points[0] @ np.array([math.cos(widest), math.sin(widest)]))


def descend(steps=100_000, lr=1.0):
    """Return step, norm, angle to the widest margin in degrees, and loss, now and then.

    >>> turns = np.linspace(0, 1.5, 3001)
    >>> least = (points @ np.array([np.cos(turns), np.sin(turns)])).min(axis=0)
    >>> bool(0 < margin - max(least) < 1e-3), f"{angles[-1]:.2f} {norms[-1]:.2f}"
    (True, '4.72 11.18')
    >>> abs(losses[-1] * steps[-1] - 1 / margin**2) < 0.02
    True
    >>> all(0.86 < n * margin / math.log(t) < 1 for t, n in zip(steps[4:], norms[4:]))
    True
    >>> _, norm, _, loss = np.ravel(descend(10, 1e-9))
    >>> bool(abs(norm * 1e8 - math.hypot(4.3, 3.7) / 6) < 1e-6), f"{loss:.6f}"
    (True, '0.693147')
    """
    w, path = np.zeros(2), []
    for t in range(1, steps + 1):
        w = w + lr * (1 / (1 + np.exp(points @ w))) @ points / 3
        if t in marks:
            angle = abs(math.degrees(math.atan2(w[1], w[0]) - widest))
            path.append((t, np.hypot(*w), angle, np.log1p(np.exp(-points @ w)).mean()))
    return np.array(path).T.tolist()


marks = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000]
steps, norms, angles, losses = descend()
fig, axes = plt.subplots(2, figsize=(4.8, 5.4), sharex=True)
axes[0].loglog(steps, losses, "C0o-")
axes[1].semilogx(steps, angles, "C0o-")
axes[0].set_ylabel("loss")
axes[1].set(xlabel="step", ylabel="degrees from the widest margin", ylim=(0, 16))
plt.show()
