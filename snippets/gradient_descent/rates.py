"""Two kinds of convergence: a power of k, and a factor per step."""

import matplotlib.pyplot as plt
import numpy as np

k, powers, kappa = np.arange(10001), (4, 8, 32), 100


def gradient_descent(c, p, x, lr):
    """Return the gap after each step on sum(c * |x|**p) / p, from x.

    For p > 2 the measured slope is -p / (p - 2), and the bound L / (2k) holds.

    >>> all(abs(slopes[p] + p / (p - 2)) < 0.01 for p in powers)
    True
    >>> all(bool(np.all(gaps[p][1:] <= (p - 1) / (2 * k[1:]))) for p in powers)
    True

    For p = 2 the gap ends up shrinking by (1 - 1 / kappa)**2 at every step.

    >>> bool(abs(factor - (1 - 1 / kappa) ** 2) < 1e-9), valley[:2].round(9).tolist()
    (True, [0.505, 0.49005])
    """
    path = [x]
    for _ in k[1:]:
        x = x - lr * c * x ** (p - 1)
        path.append(x)
    return np.array(path) ** p @ c / p


one, both = np.array([1.0]), np.array([1.0, kappa])
gaps = {p: gradient_descent(one, p, one, 1 / (p - 1)) for p in powers}
slopes = {p: float(np.log10(gaps[p][10000] / gaps[p][1000])) for p in powers}
valley = gradient_descent(both, 2, 1 / both, 1 / kappa)[:1001]
factor = float(valley[1000] / valley[999])
fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.8, 5.4))
for p in powers:
    top.loglog(k[1:], gaps[p][1:], label=f"$p = {p}$")
top.loglog(k[1:], 1 / k[1:], "0.5", linewidth=0.8)
top.legend()
bottom.semilogy(valley)
bottom.semilogy(valley[0] * (1 - 1 / kappa) ** k[:1001], "0.5", linewidth=0.8)
top.set(xlabel="step", ylabel="$f(x_k) - f^*$", ylim=(1e-10, 2))
bottom.set(xlabel="step", ylabel="$f(x_k) - f^*$")
plt.show()
