"""Two kinds of convergence: a power of k, and a factor per step."""

import matplotlib.pyplot as plt
import numpy as np

k, powers, kappa = np.arange(10001), (4, 8, 32), 100


def gradient_descent(c, p, x, lr):
    """Return the gap after each step on sum(c * |x|**p) / p, from x.

    Slopes are near -p / (p - 2); for p = 2 the factor becomes (1 - 1 / kappa)**2.

    >>> [f"{slopes[p]:.3f} {-p / (p - 2):.3f}" for p in powers]
    ['-1.995 -2.000', '-1.331 -1.333', '-1.065 -1.067']
    >>> [bool(np.all(k * gaps[p] <= (p - 1) / 2)) for p in powers]
    [True, True, True]
    >>> bool(abs(factor - (1 - 1 / kappa) ** 2) < 1e-9), valley[:2].round(9).tolist()
    (True, [0.505, 0.49005])
    """
    path = [x]
    for _ in k[1:]:
        x = x - lr * c * x ** (p - 1)
        path.append(x)
    return np.array(path) ** p @ c / p


both = np.array([1.0, kappa])
gaps = {p: gradient_descent(np.ones(1), p, np.ones(1), 1 / (p - 1)) for p in powers}
slopes = {p: float(np.log10(gaps[p][10000] / gaps[p][1000])) for p in powers}
valley = gradient_descent(both, 2, 1 / both, 1 / kappa)[:1001]
factor = float(valley[1000] / valley[999])
fig, (top, bottom) = plt.subplots(2, figsize=(4.8, 5.6))
for p, y in zip(powers, (3e-10, 4e-8, 1e-5), strict=True):
    top.loglog(k, gaps[p], color="C0")
    top.text(9000, y, f"$p = {p}$", ha="right")
top.loglog(k[1:], 1 / k[1:], "0.5")
top.text(30, 0.06, "$1/k$")
bottom.semilogy(valley)
bottom.semilogy(valley[0] * (1 - 1 / kappa) ** k[:1001], "0.5")
bottom.text(600, 6e-3, r"$(1 - 1/\kappa)^k$")
top.set(title="convex", ylim=(1e-10, 2))
bottom.set(title="strongly convex", xlabel="step")
fig.supylabel("$f(x_k) - f^*$", fontsize=11)
plt.show()
