"""Four methods in a turned valley, each at its own best rate and beta of one grid."""

import matplotlib.pyplot as plt
import numpy as np

hessian = np.array([[15.5, -14.5], [-14.5, 15.5]])
rates, betas = 10 ** np.linspace(-4, 0.5, 91), [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98]


def walk(method, lr, beta, steps=60):
    """Return the points from (-1.6, -0.9), and their losses; settings may be arrays.

    >>> [walk(k, 0.1, 0.5, 2)[0][2].round(6).tolist() for k in best]
    [[-1.825, -0.075], [-1.825, -0.075], [-3.40625, 1.49375], [-1.405874, -1.091852]]
    >>> [f"{late:.0e}" for *_, late in best.values()]
    ['3e-03', '5e-14', '1e-08', '2e-09']
    """
    x = np.multiply.outer([-1.6, -0.9], np.ones_like(lr))
    v, s, path = 0.0, 0.0, [x]
    for t in range(1, steps + 1):
        g = hessian @ (x + beta * v if method == "Nesterov" else x)
        m, s = beta * v + (1 - beta) * g, 0.999 * s + 0.001 * g**2
        scaled = m / (1 - beta**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        v = m if method == "Adam" else beta * v - lr * g
        x = x - lr * scaled if method == "Adam" else x + v
        path.append(x)
    return np.array(path), np.array([0.5 * (x * (hessian @ x)).sum(0) for x in path])


best, (x, y) = {}, np.meshgrid(np.linspace(-2.1, 1.1, 99), np.linspace(-1.8, 0.7, 99))
fig, (plane, curve) = plt.subplots(2, figsize=(4.8, 5.8), height_ratios=(8, 5))
heights, levels = 7.75 * (x**2 + y**2) - 14.5 * x * y, 4.0 ** np.arange(-3, 4)
plane.contour(x, y, heights, levels, colors="0.5", linewidths=0.4)
for method in ("GD", "momentum", "Nesterov", "Adam"):
    lr, beta = np.reshape(np.meshgrid(rates, betas if method != "GD" else 0), (2, -1))
    path, losses = walk(method, lr, beta)
    k = losses[-12:].max(0).argmin()
    best[method] = float(lr[k]), float(beta[k]), float(losses[-12:, k].max())
    plane.plot(*path[:, :, k].T, marker="o", linewidth=1.2, markersize=3)
    curve.semilogy(losses[:, k])
plane.plot(-1.6, -0.9, "ko", 0, 0, "k*", markersize=8, zorder=3)
plane.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
curve.set(xlabel="step", ylabel="loss", ylim=(1e-12, 100))
curve.legend(curve.lines[::-1], ["Adam", "Nesterov", "momentum", "gradient descent"])
plt.show()
