"""All mini-batches, drawn both ways: their variance in exact fractions."""

from fractions import Fraction
from itertools import combinations, product


def variance(means, centre):
    """Return the exact mean of the squared distances to a centre."""
    means = list(means)
    return sum((m - centre) ** 2 for m in means) / len(means)


def both(numbers, B):
    """Return B times the variance of the mean, with and without replacement.

    >>> both([1, 2, 4, 8, 16, 32], 3)
    (Fraction(469, 4), Fraction(1407, 20))
    >>> Fraction(1407, 20) / Fraction(469, 4) == Fraction(6 - 3, 6 - 1)
    True
    >>> both([0, 3], 1) == (Fraction(9, 4), Fraction(9, 4)), both([0, 3], 2)[1] == 0
    (True, True)
    """
    numbers = [Fraction(c) for c in numbers]
    full = sum(numbers) / len(numbers)
    drawn = (sum(c) / B for c in product(numbers, repeat=B))
    chosen = (sum(c) / B for c in combinations(numbers, B))
    return B * variance(drawn, full), B * variance(chosen, full)


print(*both([1, 2, 4, 8, 16, 32], 3))
