"""How long weight decay takes to halve a weight that nothing holds."""

import math

import torch
from torch.optim import SGD, AdamW


def half_life(lr, decay, beta=0.0):
    """Return the steps that halve a weight, from the shrinkage in a step.

    >>> [round(life) for life in lives]
    [69314, 693147, 6931]
    >>> [abs(0.5 ** (4690 / life) / k - 1) < 0.001 for life, k in zip(lives, kept)]
    [True, True, True]
    """
    return math.log(0.5) / math.log1p(-lr * decay / (1 - beta))


def left(make, lr, decay=1e-4, beta=None, steps=4690):
    """Return what an optimizer leaves of a weight of 1 without a gradient.

    >>> abs(left(AdamW, 0.1) - (1 - 1e-5) ** 4690) < 1e-9
    True
    >>> [left(SGD, 0.1, beta=0.9, steps=k) > 0.5 for k in (6933, 6934)]
    [True, False]
    """
    w = torch.ones(1, dtype=torch.float64)
    w.grad = torch.zeros_like(w)
    momentum = {} if beta is None else {"momentum": beta}
    optimizer = make([w], lr=lr, weight_decay=decay, **momentum)
    for _ in range(steps):
        w.grad.zero_()
        optimizer.step()
    return w.item()


kept = [left(AdamW, 0.1), left(AdamW, 0.01), left(SGD, 0.1, beta=0.9)]
lives = [half_life(0.1, 1e-4), half_life(0.01, 1e-4), half_life(0.1, 1e-4, 0.9)]
print(*(f"{life:8,.0f} {k:.3f}" for life, k in zip(lives, kept, strict=True)), sep="\n")
