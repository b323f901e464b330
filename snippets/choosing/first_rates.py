"""The learning rate that a scheduler sets before it is stepped for the first time."""

import torch
from torch.optim import lr_scheduler as schedules


def first_rate(make):
    """Return the learning rate of an optimizer at 0.1 whose scheduler was only made.

    >>> [name for name, rate in first.items() if rate == 0.1]
    ['StepLR', 'CosineAnnealingLR']
    >>> first["LinearLR"], first["ConstantLR"], first["LambdaLR"]
    (0.033333, 0.033333, 0.05)
    >>> first["OneCycleLR"] == 0.1 / 25, first["CyclicLR"]
    (True, 0.001)
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1, momentum=0.9)
    make(optimizer)
    return round(optimizer.param_groups[0]["lr"], 6)


makers = {
    "StepLR": lambda o: schedules.StepLR(o, 30),
    "CosineAnnealingLR": lambda o: schedules.CosineAnnealingLR(o, 5),
    "LinearLR": schedules.LinearLR,
    "ConstantLR": schedules.ConstantLR,
    "LambdaLR": lambda o: schedules.LambdaLR(o, lambda epoch: 0.5 + 0.1 * epoch),
    "OneCycleLR": lambda o: schedules.OneCycleLR(o, max_lr=0.1, total_steps=100),
    "CyclicLR": lambda o: schedules.CyclicLR(o, base_lr=0.001, max_lr=0.1),
}
first = {name: first_rate(make) for name, make in makers.items()}
print(*(f"{name:18}{rate:g}" for name, rate in first.items()), sep="\n")
