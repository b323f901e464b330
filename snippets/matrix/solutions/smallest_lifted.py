"""The smallest singular value that some steps of Newton-Schulz bring up to 0.68."""


def polynomial(s):
    return 3.4445 * s - 4.775 * s**3 + 2.0315 * s**5


def smallest(steps, target=0.68):
    """Return the start that is at the target after some steps, by bisection.

    >>> [f"{s:.5f}" for s in starts]
    ['0.21002', '0.06129', '0.01780', '0.00517', '0.00150']
    """
    for _ in range(steps):
        low, high = 0.0, 0.55  # there the polynomial grows
        while high - low > 1e-12:
            middle = (low + high) / 2
            low, high = (middle, high) if polynomial(middle) < target else (low, middle)
        target = low
    return target


starts = [smallest(steps) for steps in (1, 2, 3, 4, 5)]
print(*(f"{s:.5f}" for s in starts))
