"""Bytes of single precision for a model of seven billion weights."""


def size(numbers_per_weight, weights=7 * 10**9):
    """Return bytes.

    >>> hessian, pairs, velocity
    (196000000000000000000, 5600000000000, 28000000000)
    """
    return 4 * weights * numbers_per_weight


hessian, pairs, velocity = size(7 * 10**9), size(2 * 100), size(1)
print(f"{hessian:.2e} {pairs:.2e} {velocity:.2e}")
