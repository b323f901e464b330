"""How many steps a tolerance costs: what the bounds promise, and what is needed."""

import math


def steps(gap, grad, x, lr, tolerance):
    """Return when the gap f(x) - f* is first at most tolerance, and the gap then.

    On a Huber function from distance 1, k steps of 1 / L leave L / (4k + 2): no
    bound for all convex functions can be better.

    >>> [(count, round(1 / left, 6)) for count, left in huber.values()]
    [(25, 102.0), (250, 1002.0), (2500, 10002.0)]
    >>> [round(1 / on_huber(1 / g)[1], 6) for g in (101.5, 102.5, 1.5)]
    [102.0, 106.0, 2.0]

    In a valley a step multiplies the gap by (1 - 1 / kappa)**2: half the bound will do.

    >>> [(valley[q], bound[q]) for q in (10, 100, 1000)]
    [(66, 139), (688, 1382), (6905, 13816)]
    >>> [math.ceil(0.5 * math.log(1e-6) / math.log(1 - 1 / q)) for q in (10, 100, 1000)]
    [66, 688, 6905]
    """
    for count in range(100_000):
        if gap(x) <= tolerance:
            return count, gap(x)
        x = x - lr * grad(x)
    raise ValueError(f"after 100,000 steps the gap is {gap(x)}")


def on_huber(tolerance):
    t = 1 / (2 * math.ceil((1 / tolerance - 2) / 4) + 1)  # worst for these steps

    def gap(x):
        return x**2 / 2 if abs(x) <= t else t * (abs(x) - t / 2)

    return steps(gap, lambda x: max(-t, min(x, t)), 1.0, 1, tolerance)


huber = {t: on_huber(t) for t in (1e-2, 1e-3, 1e-4)}
valley, bound = {}, {}
for q in (10, 100, 1000):  # from the flat axis, to a millionth of the first gap
    bound[q] = math.ceil(q * math.log(1e6))
    valley[q] = steps(lambda x: x**2, lambda x: x, 1.0, 1 / q, 1e-6)[0]
print(huber, valley, bound, sep="\n")
