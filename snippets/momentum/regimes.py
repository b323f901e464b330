"""Heavy ball on a parabola: what each pair of learning rate and beta does."""

import matplotlib.pyplot as plt
import numpy as np


def radius(step, beta):
    """Return the modulus of the larger eigenvalue; step is lr times curvature.

    >>> matrix = np.array([[1 - 0.002, 0.9], [-0.002, 0.9]])
    >>> bool(abs(max(abs(np.linalg.eigvals(matrix))) - radius(0.002, 0.9)) < 1e-9)
    True

    Where it swings only beta counts. The limit is 2 (1 + beta), here 3.8.

    >>> all(abs(radius(step, 0.9) - 0.9**0.5) < 1e-9 for step in (0.003, 1, 3.7))
    True
    >>> [bool(radius(step, 0.9) < 1) for step in (3.799, 3.801)]
    [True, False]
    """
    half = (1 + beta - step) / 2
    root = np.sqrt(np.asarray(half**2 - beta, dtype=complex))
    return np.maximum(abs(half + root), abs(half - root))


beta = np.linspace(0, 1, 201)
low, high, limit = (1 - beta**0.5) ** 2, (1 + beta**0.5) ** 2, 2 * (1 + beta)
fig, ax = plt.subplots(figsize=(4.8, 4.4))
for left, right, colour in ((0, low, "C0"), (low, high, "C1"), (high, limit, "C2")):
    ax.fill_betweenx(beta, left, right, color=colour, alpha=0.15)
for edge in (low, high, limit):
    ax.plot(edge, beta, "k-", linewidth=1)
for b in (0.2, 0.4, 0.6, 0.8):
    ax.hlines(b, (1 - b**0.5) ** 2, (1 + b**0.5) ** 2, color="0.5", linewidth=0.8)
    ax.text(1, b + 0.01, rf"$|\sigma| = {radius(1, b):.3f}$")
ax.text(0.05, 0.02, "glides", color="C0")
ax.text(1.85, 0.69, "swings", color="C1")
ax.text(1.56, 0.02, "jumps", color="C2")
ax.text(3.1, 0.2, "diverges")
ax.text(0.47, 0.12, r"$(1-\sqrt{\beta})^2$")
ax.text(2.2, 0.3, r"$(1+\sqrt{\beta})^2$", ha="right")
ax.text(2.45, 0.13, r"$2(1+\beta)$")
ax.set(xlabel=r"$\alpha\lambda$", ylabel=r"$\beta$", xlim=(0, 4), ylim=(0, 1))
plt.show()
