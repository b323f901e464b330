"""The size of the last batch, and how noisy the step before the test is."""


def last(n, batch):
    """Return how many examples the last mini-batch of an epoch has.

    >>> [last(50_000, b) for b in (63, 64, 65, 100, 128)]
    [41, 16, 15, 100, 80]
    >>> [last(60_000, b) for b in (63, 64, 65, 100, 128)]
    [24, 32, 5, 100, 96]
    """
    return n % batch or batch


def louder(n, batch):
    """Return how many times the noise variance of a whole batch its gradient has.

    >>> louder(60_000, 65), louder(50_000, 64), louder(50_000, 100)
    (13.0, 4.0, 1.0)
    """
    return batch / last(n, batch)


factors = [louder(50_000, batch) for batch in (63, 64, 65)]
print(*(f"{f:.3f}" for f in factors))
