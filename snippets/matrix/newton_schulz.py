"""What Newton-Schulz does to singular values: the polynomial of Muon never settles."""

import matplotlib.pyplot as plt
import numpy as np

tuned, cubic = (3.4445, -4.775, 2.0315), (1.5, -0.5, 0.0)


def newton_schulz(x, coefficients, steps=5):
    """Return a matrix, divided by its norm, after some steps.

    >>> m = np.random.default_rng(0).normal(size=(30, 50))
    >>> start, end = np.linalg.svd([m / np.linalg.norm(m), newton_schulz(m, tuned)])[1]
    >>> bool(np.allclose(np.sort(orbit(start, tuned)[5]), end[::-1], atol=1e-9))
    True
    """
    (a, b, c), x = coefficients, x / np.linalg.norm(x)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x


def orbit(s, coefficients, steps=5):
    """Return singular values at the start and after each step.

    >>> [f"{s.min():.3f} {s.max():.3f}" for s in late], [f"{s:.2f}" for s in cycle]
    (['0.682 1.202', '0.682 1.134', '0.682 1.134'], ['0.68', '1.13', '0.75', '1.05'])
    """
    (a, b, c), path = coefficients, [np.asarray(s, dtype=float)]
    for _ in range(steps):
        path.append(a * path[-1] + b * path[-1] ** 3 + c * path[-1] ** 5)
    return np.array(path)


late = [orbit(np.linspace(0.002, 1, 999), tuned, k)[k] for k in (5, 50, 500)]
cycle = orbit(orbit(0.01, tuned, 5001)[5001], tuned, 3).tolist()
fig, axes = plt.subplots(1, 2, figsize=(4.8, 3.6), sharey=True)
for ax, which, line in zip(axes, (cubic, tuned), ("k-", "C5-"), strict=True):
    ax.semilogy(orbit(np.geomspace(0.002, 1, 17), which, 15), line, linewidth=0.7)
    ax.set(xlabel="step", xticks=(0, 5, 10, 15))
axes[0].set(ylabel="$s$", title=r"$1.5\,s - 0.5\,s^3$")
axes[1].set_title("Muon")
plt.show()
