"""The learning rate of SGD has a unit, that of Adam is a length: one step of each."""

import torch


def step_length(make, scale, steps=1):
    """Return how far a weight moves, on average a step, when its gradient is `scale`.

    >>> [f"{step_length(sgd, scale):.0e}" for scale in scales]
    ['3e-07', '3e-04', '3e-01']
    >>> [f"{step_length(adam, scale):.0e}" for scale in scales]
    ['3e-04', '3e-04', '3e-04']
    >>> abs(step_length(adam, 5.0, 100) - 3e-4) < 1e-9
    True
    """
    w = torch.nn.Parameter(torch.zeros((), dtype=torch.float64))
    optimizer = make([w])
    for _ in range(steps):
        w.grad = torch.full_like(w, scale)
        optimizer.step()
    return abs(w.item()) / steps


def sgd(weights):
    """Return SGD at 3e-4.

    >>> sgd([torch.zeros(1)]).param_groups[0]["lr"]
    0.0003
    """
    return torch.optim.SGD(weights, lr=3e-4)


def adam(weights):
    """Return Adam at 3e-4.

    >>> adam([torch.zeros(1)]).param_groups[0]["lr"]
    0.0003
    """
    return torch.optim.Adam(weights, lr=3e-4)


scales = [1e-3, 1.0, 1e3]
lengths = [[step_length(make, scale) for make in (sgd, adam)] for scale in scales]
for scale, (a, b) in zip(scales, lengths, strict=True):
    print(f"{scale:8g} {a:8.1e} {b:8.1e}")
