"""How long weight decay takes to halve a weight that nothing holds."""

import math

import torch


def half_life(lr, decay):
    """Return the steps after which (1 - lr * decay) ** steps is one half.

    >>> [round(half_life(lr, 1e-4)) for lr in (0.1, 0.01)]
    [69314, 693147]
    """
    return math.log(0.5) / math.log1p(-lr * decay)


def left(lr, decay, steps):
    """Return what torch.optim.AdamW leaves of a weight of 1 without a gradient.

    >>> abs(left(0.1, 1e-4, 4690) - (1 - 1e-5) ** 4690) < 1e-9
    True
    """
    w = torch.ones(1, dtype=torch.float64)
    w.grad = torch.zeros_like(w)
    optimizer = torch.optim.AdamW([w], lr=lr, weight_decay=decay)
    for _ in range(steps):
        optimizer.step()
    return w.item()


kept = [left(lr, 1e-4, 4690) for lr in (0.1, 0.01)]
print(*(f"{k:.4f}" for k in kept))
