"""A schedule goes on although the state of the optimizer was lost."""

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR


def walk(optimizer, scheduler, steps):
    row = []
    for _ in range(steps):
        row.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return row


def resumed(repair):
    """Return the last four of ten rates, after only the scheduler was loaded.

    >>> [f"{rate:.4f}" for rate in lost], f"{factor:.3f}"
    (['1.0000', '0.5966', '0.2764', '0.0708'], '2.894')
    >>> max(abs(a - b) for a, b in zip(right, whole[6:])) < 1e-12
    True
    """
    parameter = torch.zeros(1)
    old, new = (torch.optim.SGD([parameter], lr=1.0) for _ in range(2))
    schedule, again = CosineAnnealingLR(old, 10), CosineAnnealingLR(new, 10)
    walk(old, schedule, 6)
    again.load_state_dict(schedule.state_dict())
    if repair:
        for group, lr in zip(new.param_groups, again.get_last_lr(), strict=True):
            group["lr"] = lr
    return walk(new, again, 4)


optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
whole = walk(optimizer, CosineAnnealingLR(optimizer, 10), 10)
lost, right = resumed(False), resumed(True)
factor = lost[0] / right[0]
print(*(f"{rate:.4f}" for rate in (*lost, *right)))
