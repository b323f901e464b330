"""What a line to zero leaves of the noise on a parabola, beside a constant rate."""

import math


def left(peak, steps, curvature=1.0, sigma=1.0):
    """Return E x**2 at the end of a line, from a start at the minimum.

    >>> abs(left(0.4, 2, 2.0, 3.0) - (0.6**2 * 0.4**2 + 0.2**2) * 9) < 1e-9
    True
    >>> [f"{a:.6f} {b:.6f}" for a, b in zip(exact, formula)]
    ['0.009993 0.009908', '0.003142 0.003133', '0.000992 0.000991']
    >>> abs(left(0.02, 9000, 3, 2) / math.sqrt(math.pi * 0.02 / 9000 / 27) - 1) < 0.01
    True
    """
    square = 0.0
    for t in range(steps):
        lr = peak * (1 - t / steps)
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    return square


counts = [200, 2000, 20_000]
exact = [left(0.1, n) for n in counts]
formula = [math.sqrt(math.pi * 0.1 / n) / 4 for n in counts]
constant = 0.1 / (2 - 0.1)
print(*(f"{value:.5f}" for value in (*exact, *formula, constant)))
