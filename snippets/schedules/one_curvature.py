"""One noisy parabola, 200 steps: what schedules leave, and the least possible."""

import numpy as np

T = 200
over = np.arange(T) / T  # how much of the training is over


def square(rates, curvature=1.0, sigma=1.0, x0=10.0):
    """Return E x**2 after the last step, exactly.

    >>> abs(square([0.5], 3.0, 2.0, 4.0) - (0.25 * 16 + 0.25 * 4)) < 1e-9
    True
    >>> peaks, [round(end, 6) for end in ends]
    ([0.028, 0.062, 0.0625], [0.015364, 0.008151, 0.008748, 0.005])

    The last is the bound, here and with another curvature and noise.

    >>> abs(1 / ends[3] - (1 / 100 + 200)) < 1e-9
    True
    >>> abs(1 / square(harmonic(4, 0.5, 3), 4, 0.5, 3) - (1 / 9 + 200 * 64)) < 1e-6
    True
    """
    value = x0**2
    for lr in rates:
        value = (1 - lr * curvature) ** 2 * value + (lr * sigma) ** 2
    return float(value)


def harmonic(curvature=1.0, sigma=1.0, x0=10.0):
    """Return the best rates of all."""
    return 1 / (curvature * (np.arange(T) + 1 + (sigma / (curvature * x0)) ** 2))


grid, peaks, ends = [k / 2000 for k in range(1, 400)], [], []
for shape in (over**0, 1 - over, (1 + np.cos(np.pi * over)) / 2):
    squares = [square(peak * shape) for peak in grid]
    peaks.append(grid[squares.index(min(squares))])
    ends.append(min(squares))
ends.append(square(harmonic()))
print(*(f"{end:.5f}" for end in ends))
