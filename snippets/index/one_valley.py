"""Three methods walk down one valley, by the same few lines."""

import matplotlib.pyplot as plt
import numpy as np

curvature = np.array([1.0, 6.0])


def walk(beta, ahead, lr=0.03, steps=50):
    """Return the path; the slope is seen where the last step would lead, times ahead.

    >>> bool(np.allclose(descent[50], [-6 * 0.97**50, 3 * 0.82**50], atol=1e-9))
    True
    >>> def check(path, see):
    ...     on = path[1:-1] + 0.9 * np.diff(path, axis=0)[:-1]
    ...     step = 0.03 * curvature * see(path[1:-1], on)
    ...     return bool(np.allclose(path[2:], on - step, atol=1e-9))
    >>> check(momentum, lambda x, on: x), check(nesterov, lambda x, on: on)
    (True, True)
    >>> f"{left[0]:.2f} {left[1]:.2f} {left[2]:.2f}", momentum[1].tolist()
    ('1.31 0.28 0.03', [-5.82, 2.46])
    """
    x, v = np.array([-6.0, 3.0]), 0.0
    path = [x]
    for _ in range(steps):
        v = beta * v - lr * curvature * (x + ahead * beta * v)
        x = x + v
        path.append(x)
    return np.array(path)


descent, momentum, nesterov = walk(0, 0), walk(0.9, 0), walk(0.9, 1)
left = [float(np.hypot(*path[-1])) for path in (descent, momentum, nesterov)]
x1, x2 = np.meshgrid(np.linspace(-6.8, 3.6, 53), np.linspace(-2.9, 3.6, 33))
fig, ax = plt.subplots(figsize=(4.8, 3))
ax.contourf(x1, x2, np.sqrt(x1**2 + 6 * x2**2), 6, alpha=0.2)
for color, path in zip(("C0", "C1", "C2"), (descent, momentum, nesterov)):
    ax.plot(*path.T, ".-", color=color)
ax.plot(-6, 3, "ko", 0, 0, "k*", markersize=9)
ax.text(-3.9, 0.3, "gradient descent", color="C0")
ax.text(-4.1, -2.55, "momentum", color="C1")
ax.text(-3.1, -1.55, "Nesterov", color="C2")
ax.set_axis_off()
plt.show()
