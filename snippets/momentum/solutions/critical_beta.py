"""The largest beta that does not cross the minimum, by bisection."""

import numpy as np


def path(beta, lr=0.01, x=2.0, steps=3000):
    """Return the path on the parabola, its start included.

    The closed form is (1 - sqrt(0.02))**2.

    >>> abs(low - (1 - 0.02**0.5) ** 2) < 1e-5, path(0.9, steps=2).round(9).tolist()
    (True, [2.0, 1.96, 1.8848])

    The fastest beta is a little larger: it crosses, but by less than 0.001.

    >>> f"{best:.3f}", fewest
    ('0.755', 46)
    """
    points, v = [x], 0.0
    for _ in range(steps):
        v = beta * v - lr * 2 * x
        x = x + v
        points.append(x)
    return np.array(points)


def steps_to_stay(points, tolerance=1e-3):
    """Return the first step from which on every point is nearer than tolerance.

    >>> steps_to_stay([2e-3, 1e-3, 5e-4]), steps_to_stay([0])
    (2, 0)
    """
    if not abs(points[-1]) < tolerance:
        raise ValueError(f"the last point is not within {tolerance}")
    return int(max(np.flatnonzero(np.abs(points) >= tolerance) + 1, default=0))


low, high = 0.0, 1.0
while high - low > 1e-5:
    middle = (low + high) / 2
    low, high = (middle, high) if path(middle).min() >= 0 else (low, middle)
betas = [k / 1000 for k in range(700, 900)]
counts = [steps_to_stay(path(b, steps=400)) for b in betas]
fewest, best = min(zip(counts, betas, strict=True))
print(f"{low:.4f} {best:.3f} {fewest}")
