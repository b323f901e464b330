"""At the best pair every root is double, and the path is k times a power."""

import numpy as np

mu, L = 4.0, 400.0
q = (L**0.5 - mu**0.5) / (L**0.5 + mu**0.5)


def momentum(curvature, steps=200):
    """Return the path from 1 at rest, with the best lr and beta.

    >>> k = np.arange(201)
    >>> flat, steep = (1 + k * (1 - q)) * q**k, (1 + k * (1 + q)) * (-q) ** k
    >>> bool(abs(momentum(mu) - flat).max() < 1e-9)
    True
    >>> bool(abs(momentum(L) - steep).max() < 1e-9), f"{top:.2f} {when} {count}"
    (True, '3.71 4 95')
    """
    path, x, v = [1.0], 1.0, 0.0
    for _ in range(steps):
        v = q**2 * v - (1 - q) ** 2 / mu * curvature * x
        x = x + v
        path.append(x)
    return np.array(path)


def steps_to_stay(points, tolerance=1e-6):
    """Return the first step from which on every point is nearer than tolerance.

    >>> steps_to_stay([2e-6, 1e-6, 5e-7]), steps_to_stay([0])
    (2, 0)
    """
    if not abs(points[-1]) < tolerance:
        raise ValueError(f"the last point is not within {tolerance}")
    return int(max(np.flatnonzero(np.abs(points) >= tolerance) + 1, default=0))


sizes = np.abs(momentum(L))
top, when = float(sizes.max()), int(sizes.argmax())
count = steps_to_stay(sizes)
print(f"{top:.2f} {when} {count}")
