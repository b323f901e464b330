"""StepLR(30) stepped after every batch instead of every epoch."""

import torch


def last_rate(batches, epochs=5, each="epoch"):
    """Return the learning rate at the end, and how many steps kept above 1e-6.

    >>> [round(last_rate(2, epochs)[0], 9) for epochs in (29, 30, 60)]
    [0.1, 0.01, 0.001]
    >>> f"{rate:.0e}", alive, round(100 * alive / (5 * 938), 1)
    ('1e-157', 150, 3.2)
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 30, gamma=0.1)
    alive = 0
    for _ in range(epochs):
        for _ in range(batches):
            alive += optimizer.param_groups[0]["lr"] > 1.0001e-6
            optimizer.step()
            if each == "batch":
                scheduler.step()
        if each == "epoch":
            scheduler.step()
    return optimizer.param_groups[0]["lr"], alive


rate, alive = last_rate(938, each="batch")
print(f"{rate:.0e}", alive)
