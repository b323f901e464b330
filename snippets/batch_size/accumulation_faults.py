"""Four micro-batches in the place of one batch: where the gradient is not the same."""

import math

import torch
from torch import nn
from torch.nn.functional import cross_entropy

torch.manual_seed(0)
x, every = torch.randn(32, 12, dtype=torch.float64), torch.randint(4, (32,))
some = every.masked_fill(torch.arange(32) % 8 > torch.arange(32) // 8 * 2, -100)


def gradient(
    parts, y=every, norm=nn.LayerNorm, weigh=lambda n, N: n / N, most=math.inf
):
    """Return the gradient in parts; one of n of N targets counts as weigh(n, N).

    >>> [gap < 1e-12 for gap in gaps[:2]], [f"{gap:.3f}" for gap in gaps[2:]]
    ([True, True], ['0.742', '3.000', '0.569', '0.452'])
    >>> bool((gradient(1)[-4:] + every.bincount() / 32 - 1 / 4).abs().max() < 0.1)
    True
    >>> (some >= 0).view(4, 8).sum(1).tolist(), 0.5 < gradient(1).norm() < 2
    ([1, 3, 5, 7], tensor(True))
    """
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(12, 16), norm(16), nn.ReLU(), nn.Linear(16, 4))
    weights, total = list(model.double().parameters()), 0
    for rows in torch.arange(32).chunk(parts):
        loss = cross_entropy(model(x[rows]), y[rows])  # a mean; -100 is no target
        grads = torch.autograd.grad(loss, weights)
        g = torch.cat([grad.flatten() for grad in grads])
        share = weigh((y[rows] >= 0).sum(), (y >= 0).sum())
        total = total + share * g * min(1, most / g.norm())
    return total


def gap(**settings):
    whole = gradient(1, **settings | {"weigh": lambda n, N: n / N})
    return ((gradient(4, **settings) - whole).norm() / whole.norm()).item()


gaps = [gap(), gap(y=some), gap(y=some, weigh=lambda n, N: 1 / 4)]
gaps += [gap(weigh=lambda n, N: 1), gap(norm=nn.BatchNorm1d), gap(most=0.5)]
print(*[f"{size:.3f}" for size in gaps])
