"""What a schedule does is the list of its learning rates: print it."""

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR


def lr_list(make, epochs=5, batches=3, each="epoch"):
    """Return the learning rate of the first batch of each epoch.

    >>> lr_list(lambda o: StepLR(o, 30, gamma=0.1), each="")
    [0.1, 0.1, 0.1, 0.1, 0.1]
    >>> lr_list(lambda o: StepLR(o, 30, gamma=0.1))
    [0.1, 0.1, 0.1, 0.1, 0.1]
    >>> lr_list(lambda o: StepLR(o, 2, gamma=0.1))
    [0.1, 0.1, 0.01, 0.01, 0.001]
    >>> lr_list(lambda o: StepLR(o, 2, gamma=0.1), each="batch")
    [0.1, 0.01, 0.0001, 1e-05, 1e-07]
    >>> lr_list(lambda o: CosineAnnealingLR(o, 5))
    [0.1, 0.09045, 0.06545, 0.03455, 0.009549]
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


print(*lr_list(lambda o: StepLR(o, 30, gamma=0.1)))
print(*lr_list(lambda o: StepLR(o, 2, gamma=0.1)))
print(*lr_list(lambda o: StepLR(o, 2, gamma=0.1), each="batch"))
print(*lr_list(lambda o: CosineAnnealingLR(o, 5)))
