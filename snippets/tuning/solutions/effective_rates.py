"""How many effective learning rates a grid over the rate and momentum tries."""

import itertools
import math


def effective(rates, memories):
    """Return the different values of rate times memory, from the smallest on.

    The memory is 1 / (1 - beta): a steady push counts so many times in the end.

    >>> effective([0.01, 0.1, 1.0], [1, 10, 100])
    [0.01, 0.1, 1.0, 10.0, 100.0]
    >>> powers = [2**k for k in range(9)]
    >>> [len(effective(powers[:m], powers[:m])) for m in (3, 9)]
    [5, 17]
    """
    products = {math.prod(pair) for pair in itertools.product(rates, memories)}
    return sorted(products)


tried = effective([0.01, 0.1, 1.0], [1, 10, 100])
print(*tried)
