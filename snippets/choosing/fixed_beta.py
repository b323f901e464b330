"""What a fixed beta can buy: steps to a millionth in valleys of growing condition."""

import math


def rate(curvature, lr, beta):
    """Return the factor of a step of heavy ball on a parabola.

    >>> [round(rate(*at), 9) for at in ((3, 0.1, 0), (3, 0.3, 0.49), (1, 3.8, 0.9))]
    [0.7, 0.7, 1.0]
    """
    b = 1 + beta - lr * curvature
    root = b * b - 4 * beta
    return (abs(b) + math.sqrt(root)) / 2 if root > 0 else math.sqrt(beta)


def steps(condition, lr, beta):
    """Return the steps to a millionth in the slowest direction of a valley.

    >>> round(steps(100, 2 / 101, 0.0)), round(steps(100, (2 / 11) ** 2, 81 / 121))
    (691, 69)
    """
    return math.log(1e-6) / math.log(max(rate(c, lr, beta) for c in (1, condition)))


def best(condition, beta):
    """Return the steps at the best learning rate of a fine grid.

    >>> abs(best(1000, 0.0) / steps(1000, 2 / 1001, 0.0) - 1) < 0.01
    True
    >>> [round(best(k, 0.0) / best(k, 0.9), 1) for k in (1e4, 1e6)]
    [19.7, 19.0]
    """
    edge = 2 * (1 + beta) / condition
    return min(steps(condition, edge * k / 5000, beta) for k in range(500, 5000))


table = {}
for condition in (1000, 10_000, 100_000):
    q = (math.sqrt(condition) - 1) / (math.sqrt(condition) + 1)
    pair = steps(condition, (1 + q) ** 2 / condition, q * q)
    table[condition] = [best(condition, 0.0), best(condition, 0.9), pair]
    print(f"{condition:7,d}" + "".join(f"{n:10,.0f}" for n in table[condition]))
