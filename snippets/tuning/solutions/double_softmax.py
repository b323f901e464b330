"""The lowest loss that a softmax after a softmax can reach."""

import math

import torch
from torch.nn.functional import cross_entropy


def floor(classes):
    """Return the loss of an output that is as right and as sure as can be.

    >>> round(floor(2), 9) == round(math.log(1 + 1 / math.e), 9)
    True
    >>> [f"{floor(k):.4f}" for k in (4, 10, 1000)]
    ['0.7437', '1.4612', '5.9095']
    """
    return math.log(1 + (classes - 1) / math.e)


def learned(classes, steps=200):
    """Return the loss that training reaches when it moves the outputs themselves.

    >>> 0 < learned(2) - floor(2) < 0.001, 0 < learned(10) - floor(10) < 0.001
    (True, True)
    """
    z = torch.zeros(1, classes, requires_grad=True)
    optimizer = torch.optim.Adam([z], lr=0.2)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = cross_entropy(z.softmax(1), torch.tensor([0]))
        loss.backward()
        optimizer.step()
    return loss.item()


floors = [floor(k) for k in (2, 4, 10)]
print(*(f"{f:.4f}" for f in floors))
