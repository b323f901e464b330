"""The expected best of n trials, from trials that have been run."""

import math


def best_of(n, losses):
    """Return the mean of the best of n of these trials, over all choices of n.

    >>> [round(best_of(n, runs), 4) for n in (1, 2, 4, 8)]
    [9.825, 8.4429, 7.9957, 7.9]
    >>> best_of(2, [3, 1, 8]) * 3 == 1 + 1 + 3
    True
    """
    ordered, count = sorted(losses), len(losses)
    ways = [math.comb(count - 1 - i, n - 1) for i in range(count)]
    return sum(w * loss for w, loss in zip(ways, ordered, strict=True)) / sum(ways)


def best_with_repeats(n, losses):
    """Return the same where one trial may be drawn several times.

    >>> round(best_with_repeats(2, [3, 1, 8]) * 9, 9) == 5 * 1 + 3 * 3 + 8
    True
    """
    ordered, count = sorted(losses), len(losses)
    ways = [(count - i) ** n - (count - i - 1) ** n for i in range(count)]
    return sum(w * loss for w, loss in zip(ways, ordered, strict=True)) / count**n


runs = [8.1, 8.3, 7.9, 9.0, 12.2, 8.0, 10.1, 15.0]
counts = range(1, 9)
fair = [best_of(n, runs) for n in counts]
repeated = [best_with_repeats(n, runs) for n in counts]
print(*(f"{loss:.3f}" for loss in fair))
print(*(f"{loss:.3f}" for loss in repeated))
