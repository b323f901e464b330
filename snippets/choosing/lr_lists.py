"""What a schedule does is the list of its learning rates: print it."""

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR, StepLR


def lr_list(make, epochs=5, batches=3, each="epoch"):
    """Return the learning rate of the first batch of each epoch.

    >>> for rates in lists: print(*rates)
    0.1 0.1 0.1 0.1 0.1
    0.1 0.1 0.01 0.01 0.001
    0.1 0.01 0.0001 1e-05 1e-07
    0.1 0.09045 0.06545 0.03455 0.009549
    0.025 0.0625 0.1 0.075 0.025
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    scheduler, rates = make(optimizer), []
    for _ in range(epochs):
        rates.append(float(f"{optimizer.param_groups[0]['lr']:.4g}"))
        for _ in range(batches):
            optimizer.step()
            if each == "batch":
                scheduler.step()
        if each == "epoch":
            scheduler.step()
    return rates


def warmed(optimizer, warmup=2, steps=5):
    """Return a schedule that rises for some steps, then falls along a cosine to zero.

    >>> [round(rate, 4) for rate in lr_list(lambda o: warmed(o, 1, 3), epochs=4)]
    [0.025, 0.1, 0.05, 0.0]
    """
    up = LinearLR(optimizer, start_factor=0.25, total_iters=warmup)
    down = CosineAnnealingLR(optimizer, steps - warmup)
    return SequentialLR(optimizer, [up, down], milestones=[warmup])


thirty, two = (lambda o: StepLR(o, 30, gamma=0.1)), (lambda o: StepLR(o, 2, gamma=0.1))
lists = [lr_list(thirty), lr_list(two), lr_list(two, each="batch")]
lists += [lr_list(lambda o: CosineAnnealingLR(o, 5)), lr_list(warmed)]
print(*(" ".join(map(str, rates)) for rates in lists), sep="\n")
