"""The rate that torch's AMSGrad leaves after one large gradient grows again."""

import torch


def rates(amsgrad, steps=1000):
    """Return the length of each step over the rate: one gradient of 100, then 1s.

    >>> [f"{steps[t - 1]:.4f}" for t in (2, 10, 100, 1000)]
    ['0.0141', '0.0316', '0.0976', '0.2515']
    >>> closed = [((1 - 0.999**t) / 0.001) ** 0.5 / 100 for t in range(2, 1001)]
    >>> max(abs(a - b) for a, b in zip(steps[1:], closed)) < 1e-9
    True
    """
    x = torch.zeros(1, dtype=torch.float64)
    kind = torch.optim.Adam([x], lr=1.0, betas=(0.0, 0.999), eps=0, amsgrad=amsgrad)
    found = []
    for t in range(steps):
        before, x.grad = x.item(), torch.full_like(x, 1.0 if t else 100.0)
        kind.step()
        found.append(before - x.item())
    return found


steps = rates(True)
print(*(f"{steps[t - 1]:.4f}" for t in (2, 10, 100, 1000)))
