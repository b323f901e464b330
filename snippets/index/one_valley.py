"""Three methods walk down one valley, by the same few lines."""

import matplotlib.pyplot as plt
import numpy as np

curvature = np.array([1.0, 6.0])


def walk(beta, ahead, lr=0.03, steps=50):
    """Return the path; the slope looks ahead, or not.

    >>> bool(np.allclose(descent[50], [-6 * 0.97**50, 3 * 0.82**50], atol=1e-9))
    True
    >>> on = lambda path: path[1:-1] + 0.9 * np.diff(path, axis=0)[:-1]
    >>> here = on(momentum) - 0.03 * curvature * momentum[1:-1]
    >>> there = (1 - 0.03 * curvature) * on(nesterov)
    >>> bool(np.allclose([momentum[2:], nesterov[2:]], [here, there], atol=1e-9))
    True
    >>> f"{left[0]:.2f} {left[1]:.2f} {left[2]:.2f}", momentum[1].tolist()
    ('1.31 0.28 0.03', [-5.82, 2.46])
    """
    x, v = np.array([-6.0, 3.0]), 0.0
    path = [x]
    for _ in range(steps):
        slope = curvature * (x + ahead * beta * v)
        v = beta * v - lr * slope
        x = x + v
        path.append(x)
    return np.array(path)


descent, momentum, nesterov = walk(0, 0), walk(0.9, 0), walk(0.9, 1)
left = [float(np.hypot(*path[-1])) for path in (descent, momentum, nesterov)]
x1, x2 = np.meshgrid(np.linspace(-6.8, 3.6, 53), np.linspace(-2.9, 3.6, 33))
fig, ax = plt.subplots(figsize=(4.8, 3))
ax.contourf(x1, x2, np.sqrt(x1**2 + 6 * x2**2), 6, alpha=0.2)
for color, path in zip(("C0", "C1", "C2"), (descent, momentum, nesterov), strict=True):
    ax.plot(*path.T, ".-", color=color)
ax.plot(-6, 3, "ko", 0, 0, "k*", markersize=9)
ax.text(-3.9, 0.3, "gradient descent", color="C0")
ax.text(-4.1, -2.55, "momentum", color="C1")
ax.text(-3.1, -1.55, "Nesterov", color="C2")
ax.set_axis_off()
plt.show()
