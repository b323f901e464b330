"""A warm-up and a cosine, put together in three ways."""

import matplotlib.pyplot as plt
import torch
from torch.optim import lr_scheduler as kinds


def rates(way, length, steps=10):
    """Return the rate of each step of a warm-up of three steps, and a cosine.

    >>> for row in lists: print(*(f"{rate:.4f}" for rate in row))
    0.2500 0.5000 0.7500 1.0000 0.9505 0.8117 0.6113 0.3887 0.1883 0.0495
    0.2500 0.4752 0.6088 0.6113 0.3887 0.1883 0.0495 0.0000 0.0495 0.1883
    0.2500 0.4878 0.6784 0.7939 0.6545 0.5000 0.3455 0.2061 0.0955 0.0245
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    up = kinds.LinearLR(optimizer, 0.25, total_iters=3)
    down, row = kinds.CosineAnnealingLR(optimizer, length), []
    used = way(optimizer, up, down)
    for _ in range(steps):
        row.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        for scheduler in used:
            scheduler.step()
    return row


lists = [
    rates(lambda o, up, down: [kinds.SequentialLR(o, [up, down], milestones=[3])], 7),
    rates(lambda o, up, down: [kinds.ChainedScheduler([up, down], o)], 7),
    rates(lambda o, up, down: [up, down], 10),
]
peaks = [max(row) for row in lists]
fig, ax = plt.subplots(figsize=(4.8, 2.8))
for row, line in zip(lists, ("C0o-", "C1s--", "C2^-."), strict=True):
    ax.plot(row, line)
ax.text(3.4, 1.0, "sequential", color="C0")
ax.text(6.3, 0.62, "both stepped", color="C2")
ax.text(0.9, 0.3, "chained", color="C1")
ax.set(xlabel="step", ylabel=r"$\alpha_t$", ylim=(0, 1.1))
plt.show()
