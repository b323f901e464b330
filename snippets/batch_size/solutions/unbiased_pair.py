"""All batches of two: both estimates are right on average, their ratio is not."""

from fractions import Fraction
from itertools import product

gradients = [Fraction(g) for g in (1, 2, 4, 9)]


def estimates(batch):
    """Return the estimates of the squared mean and of the variance from two gradients.

    >>> square, variance, estimates([Fraction(1), Fraction(9)])
    (Fraction(16, 1), Fraction(19, 2), (Fraction(9, 1), Fraction(32, 1)))
    """
    small = sum(g**2 for g in batch) / 2
    large = (sum(batch) / 2) ** 2
    return 2 * large - small, 2 * (small - large)


pairs = [estimates(batch) for batch in product(gradients, repeat=2)]
square, variance = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
right, wrong = (
    float(variance / square),
    float(sum(v / s for s, v in pairs) / len(pairs)),
)
print(square, variance, f"{right:.4f} {wrong:.4f}")
