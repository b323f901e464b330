"""The best single step from a batch: half of the gain at the noise scale."""

import numpy as np

curvature, gradient = np.array([4.0, 1.0]), np.array([2.0, 3.0])
noise = np.array([5.0, 80.0])  # the variance of one example's gradient, by direction
bend = curvature @ gradient**2
scale, simple = curvature @ noise / bend, noise.sum() / (gradient @ gradient)


def gain(lr, batch):
    """Return how much the expected loss falls in one step of SGD.

    >>> lrs = np.linspace(0, 1, 100_001)
    >>> best = [lrs[np.argmax(gain(lrs, B))] for B in (1, scale, 64)]
    >>> [round(float(lr / most), 3) for lr in best]
    [0.2, 0.5, 0.941]
    >>> x, step = gradient / curvature, 0.2 * gradient
    >>> after = curvature @ ((x - step) ** 2 + 0.2**2 * noise / 8) / 2
    >>> bool(abs(curvature @ x**2 / 2 - after - gain(0.2, 8)) < 1e-12)
    True
    """
    return lr * (gradient @ gradient) - lr**2 / 2 * (bend + curvature @ noise / batch)


most = gradient @ gradient / bend
for batch in (1, scale, 64):
    lr = most / (1 + scale / batch)
    print(f"{batch:4.1f} {lr / most:.3f} {gain(lr, batch) / gain(most, np.inf):.3f}")
