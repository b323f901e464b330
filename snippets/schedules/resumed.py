"""What is loaded after six of ten steps, and the rates that follow."""

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR


def fresh(kind):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    if kind == "line":
        return optimizer, LambdaLR(optimizer, lambda t: 1 - t / 10)
    return optimizer, CosineAnnealingLR(optimizer, 10)


def walk(optimizer, scheduler, steps):
    row = []
    for _ in range(steps):
        row.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return row


def resumed(kind, *loaded):
    """Return the rates of the last four steps, when only some parts were loaded.

    >>> for row in lists: print(*(f"{rate:.4f}" for rate in row))
    0.3455 0.2061 0.0955 0.0245
    0.3455 0.3370 0.3125 0.2743
    1.0000 0.5966 0.2764 0.0708
    0.4000 0.3000 0.2000 0.1000
    1.0000 0.3000 0.2000 0.1000
    """
    old, new = fresh(kind), fresh(kind)
    walk(*old, 6)
    for part in loaded:
        new[part].load_state_dict(old[part].state_dict())
    return walk(*new, 4)


cases = [("cosine", 0, 1), ("cosine", 0), ("cosine", 1), ("line", 0, 1), ("line", 1)]
lists = [resumed(*case) for case in cases]
for row in lists:
    print(*(f"{rate:.4f}" for rate in row))
