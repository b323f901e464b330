"""Heavy ball on a parabola: what each pair of learning rate and beta does."""

import matplotlib.pyplot as plt
import numpy as np


def radius(step, beta):
    """Return the modulus of the larger eigenvalue; step is lr times curvature.

    It is the root of sigma**2 - (1 + beta - step) sigma + beta.

    >>> matrix = np.array([[1 - 0.002, 0.9], [-0.002, 0.9]])
    >>> bool(abs(max(abs(np.linalg.eigvals(matrix))) - radius(0.002, 0.9)) < 1e-9)
    True

    Where it swings only beta counts.

    >>> all(abs(radius(step, 0.9) - 0.9**0.5) < 1e-9 for step in (0.003, 1, 3.7))
    True

    The limit is 2 (1 + beta), here 3.8.

    >>> [bool(radius(step, 0.9) < 1) for step in (3.799, 3.801)]
    [True, False]
    """
    half = (1 + beta - step) / 2
    root = np.sqrt(np.asarray(half**2 - beta, dtype=complex))
    return np.maximum(abs(half + root), abs(half - root))


beta = np.linspace(0, 1, 201)
fig, ax = plt.subplots(figsize=(4.8, 3.8))
for edge in ((1 - beta**0.5) ** 2, (1 + beta**0.5) ** 2, 2 * (1 + beta)):
    ax.plot(edge, beta)
for b in (0.2, 0.4, 0.6, 0.8):
    ax.hlines(b, (1 - b**0.5) ** 2, (1 + b**0.5) ** 2, color="0.5", linewidth=0.8)
    ax.text(1, b + 0.01, rf"$|\sigma| = {radius(1, b):.3f}$")
ax.text(0.04, 0.02, "glides")
ax.text(1.8, 0.69, "swings")
ax.text(1.55, 0.02, "jumps")
ax.text(3.1, 0.2, "diverges")
ax.set(xlabel=r"$\alpha\lambda$", ylabel=r"$\beta$", xlim=(0, 4), ylim=(0, 1))
plt.show()
