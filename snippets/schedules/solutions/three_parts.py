"""Up, along, and down, put together from torch's parts."""

import torch
from torch.optim.lr_scheduler import ConstantLR, LambdaLR, LinearLR, SequentialLR


def by_parts(optimizer, up, steps, down):
    """Return a schedule that rises, stays, and falls to 1 / down in its last step."""
    parts = [
        LinearLR(optimizer, 1 / up, 1, total_iters=up - 1),
        ConstantLR(optimizer, 1, total_iters=0),
        LinearLR(optimizer, 1, 1 / down, total_iters=down - 1),
    ]
    return SequentialLR(optimizer, parts, [up, steps - down])


def by_formula(optimizer, up, steps, down):
    return LambdaLR(optimizer, lambda t: min((t + 1) / up, 1, (steps - t) / down))


def rates(make, *numbers):
    """Return the rate of each step.

    >>> " ".join(f"{rate:.3g}" for rate in rates(by_parts, 4, 9, 3))
    '0.25 0.5 0.75 1 1 1 1 0.667 0.333'
    >>> gap < 1e-12
    True
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler, row = make(optimizer, *numbers), []
    for _ in range(numbers[1]):
        row.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return row


rows = [rates(make, 20, 200, 40) for make in (by_parts, by_formula)]
gap = max(abs(a - b) for a, b in zip(*rows, strict=True))
print(f"{gap:.12f}")
