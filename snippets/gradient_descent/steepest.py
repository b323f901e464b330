"""The steepest direction depends on how a step is measured."""

import matplotlib.pyplot as plt
import numpy as np

grad = np.array([-1.0, -2.0])


def steepest(grad, p):
    """Return the direction d of length 1 in the p-norm that makes grad @ d smallest.

    In the Euclidean norm it is the negative gradient. In the 1-norm one coordinate
    moves, in the max-norm all of them move equally far.

    >>> [steepest(grad, p).round(3).tolist() for p in (2, 1, np.inf)]
    [[0.447, 0.894], [0.0, 1.0], [1.0, 1.0]]

    The slope along it is minus the dual norm of the gradient.

    >>> [round(float(grad @ steepest(grad, p)), 6) for p in (2, 1, np.inf)]
    [-2.236068, -2.0, -3.0]
    >>> [round(float(np.linalg.norm(grad, q)), 6) for q in (2, np.inf, 1)]
    [2.236068, 2.0, 3.0]
    >>> [ball[:, 90].round(3).tolist() for ball in balls.values()]  # at 45 degrees
    [[0.707, 0.707], [0.5, 0.5], [1.0, 1.0]]
    """
    if p == 2:
        return -grad / np.linalg.norm(grad)
    moving = np.abs(grad) == np.abs(grad).max() if p == 1 else np.ones_like(grad)
    return -np.sign(grad) * moving


angle = np.linspace(0, 2 * np.pi, 721)
circle = np.array([np.cos(angle), np.sin(angle)])
balls = {p: circle / np.linalg.norm(circle, p, axis=0) for p in (2, 1, np.inf)}
fig, ax = plt.subplots(figsize=(4.8, 4.5))
for (p, ball), name in zip(balls.items(), ("2", "1", r"\infty"), strict=True):
    d = steepest(grad, p)
    (line,) = ax.plot(*ball)
    ax.plot([0, d[0]], [0, d[1]], "o-", color=line.get_color(), markevery=[1])
    ax.text(*(1.02 * ball[:, 450]), rf"$\ell_{{{name}}}$", ha="right", va="top")
    ax.axline(d, (d[0] + 2, d[1] - 1), color="0.5", linestyle="-", linewidth=0.6)
ax.set(xlabel="$d_1$", ylabel="$d_2$", aspect="equal")
ax.set(xlim=(-1.2, 1.6), ylim=(-1.2, 1.6))
plt.show()
