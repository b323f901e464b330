"""The catapult exactly at 4: the curvature stays, the angle triples in each step."""

import math


def move(curvature, w, lr):
    step = lr * curvature
    return curvature + lr * w**2 * (step - 4), w * (1 - step + lr**2 * w**2)


def walk(theta, steps):
    """Return the largest departures of curvature and angle from what is predicted.

    >>> u, v = 1.5 - 0.3 * 1.5 * 0.4**2, 0.4 - 0.3 * 0.4 * 1.5**2
    >>> curvature, w = move(1.5**2 + 0.4**2, 1.5 * 0.4, 0.3)
    >>> abs(curvature - u**2 - v**2) + abs(w - u * v) < 1e-9
    True
    >>> [gap < 1e-6 for gap in walk(2.0, 10)], [gap > 1 for gap in walk(2.0, 40)]
    ([True, True], [False, True])
    >>> near, far = path(1.0, 40), path(1.0 + 1e-12, 40)
    >>> abs(near[5] - far[5]) < 1e-8, max(abs(a - b) for a, b in zip(near, far)) > 1
    (True, True)
    >>> abs(near[5] - 2 * math.cos(3**5)) < 1e-9
    True
    """
    lr = 0.5
    curvature, w = 4 / lr, 2 * math.cos(theta) / lr
    drift, gap = 0.0, 0.0
    for k in range(steps):
        gap = max(gap, abs(lr * w - 2 * math.cos(3**k * theta)))
        drift = max(drift, abs(lr * curvature - 4))
        curvature, w = move(curvature, w, lr)
    return drift, gap


def path(theta, steps):
    z = [2 * math.cos(theta)]
    for _ in range(steps):
        z.append(z[-1] ** 3 - 3 * z[-1])
    return z


print(*(f"{z:.3f}" for z in path(1.0, 5)))
