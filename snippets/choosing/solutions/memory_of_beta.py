"""How many past gradients beta remembers."""

import math


def memory(beta, share):
    """Return how many of the last gradients hold a share of all the weight.

    >>> [memory(beta, 0.5) for beta in (0.5, 0.9, 0.99)]
    [1, 7, 69]
    >>> [memory(beta, 0.99) for beta in (0.5, 0.9, 0.99)]
    [7, 44, 459]
    """
    return math.ceil(math.log(1 - share) / math.log(beta) - 1e-9)


table = {beta: (memory(beta, 0.5), memory(beta, 0.99)) for beta in (0.5, 0.9, 0.99)}
print(*(f"{beta} {half} {most}" for beta, (half, most) in table.items()), sep="\n")
