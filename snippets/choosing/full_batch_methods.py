"""Gradient descent and L-BFGS on all digits at once: the loss against the gradients."""

import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST


def losses(method, gradients=60, **options):
    """Return the training loss wherever the method asks for a gradient.

    >>> gd, lbfgs = ([min(path[:k]) for k in (1, 10, 30, 60)] for path in found)
    >>> abs(gd[0] - 2.302585) < 1e-5, lbfgs[0] == gd[0], len(found[1])
    (True, True, 60)
    >>> 0.55 < gd[1] < 0.65, 0.22 < gd[3] < 0.3, gd[2] > 1.5 * lbfgs[2], lbfgs[3] < 0.03
    (True, True, True, True)
    """
    w, seen = torch.zeros(785, 10, requires_grad=True), []
    optimizer = method([w], **options)

    def closure():
        optimizer.zero_grad()
        loss = cross_entropy(x @ w, y)
        loss.backward()
        seen.append(loss.item())
        return loss

    while len(seen) < gradients:
        optimizer.step(closure)
    return seen[:gradients]


data = MNIST("data", train=True, download=True)
x = (data.data.reshape(-1, 784)[:6_000] / 255 - 0.1307) / 0.3081
x, y = torch.cat([x, torch.ones(len(x), 1)], 1), data.targets[:6_000]
found = [
    losses(torch.optim.SGD, lr=0.2),
    losses(torch.optim.LBFGS, line_search_fn="strong_wolfe"),
]
for k in (1, 10, 30, 60):
    print(f"{k:3}", *(f"{min(path[:k]):6.2f}" for path in found))
