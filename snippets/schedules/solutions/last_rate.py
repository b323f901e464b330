"""The last rate of a cosine and of a line, over the number of steps."""

import math

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR


def last_rate(steps, length):
    """Return the rate of the last step of a cosine of some length, from torch.

    >>> formula = [(1 - math.cos(math.pi / n)) / 2 for n in counts]
    >>> max(abs(a - b) for a, b in zip(last, formula)) < 1e-12, last_rate(10, 9) < 1e-9
    (True, True)
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = CosineAnnealingLR(optimizer, length)
    for _ in range(steps - 1):
        optimizer.step()
        scheduler.step()
    return optimizer.param_groups[0]["lr"]


counts = [10, 100, 1000]
last = [last_rate(n, n) for n in counts]
estimates = [math.pi**2 / 4 / n**2 for n in counts]
print(*(f"{rate:.3g}" for rate in (*last, *estimates)))
