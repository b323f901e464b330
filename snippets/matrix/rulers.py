"""Three rulers for a matrix, and the steepest step of length 1 under each."""

import matplotlib.pyplot as plt
import numpy as np

grad = np.array([[2.0, 1.0], [1.0, 1.2]])


def steepest(grad, ruler):
    """Return the matrix of length 1 that has the largest product with the gradient.

    The product is the dual norm of the gradient, which no matrix of length 1 exceeds.

    >>> dual = [np.linalg.norm(grad), np.abs(grad).sum(), np.linalg.norm(grad, "nuc")]
    >>> [bool(abs((grad * d).sum() - most) < 1e-9) for d, most in zip(steps, dual)]
    [True, True, True]
    >>> random = np.random.default_rng(0).normal(size=(9000, 2, 2))
    >>> sizes = np.linalg.norm(random, axis=(1, 2)), np.abs(random).max((1, 2))
    >>> sizes = (*sizes, np.linalg.norm(random, 2, axis=(1, 2)))
    >>> best = [((random * grad).sum((1, 2)) / size).max() for size in sizes]
    >>> [bool(0.9 * most < b <= most) for b, most in zip(best, dual)]
    [True, True, True]
    """
    if ruler == "Euclidean":
        return grad / np.linalg.norm(grad)
    if ruler == "largest entry":
        return np.sign(grad)
    u, _, vt = np.linalg.svd(grad, full_matrices=False)
    return u @ vt


steps = [steepest(grad, name) for name in ("Euclidean", "largest entry", "spectral")]
circle = np.array([np.cos(a := np.linspace(0, 2 * np.pi, 181)), np.sin(a)])
fig, axes = plt.subplots(2, 2, figsize=(4.8, 5.0), sharex=True, sharey=True)
pictures = zip(axes.flat, (grad, *steps), ("k", "C0", "C3", "C5"), strict=True)
for ax, matrix, colour in pictures:
    ax.plot(*circle, color="0.5", linestyle=":", linewidth=1)
    ax.fill(*(matrix @ circle), color=colour, alpha=0.15)
    ax.plot(*(matrix @ circle), "o-", color=colour, markevery=15, markersize=4)
    ax.set(aspect="equal", xlim=(-2.6, 2.6), ylim=(-2.6, 2.6), xticks=(-2, 0, 2))
axes[0, 0].set_title("$G$")
axes[0, 1].set_title(r"$\Vert D\Vert_F$")
axes[1, 0].set_title(r"$\max\,|D_{ij}|$")
axes[1, 1].set_title(r"$\Vert D\Vert_2$")
plt.show()
