"""Weight decay in the gradient and beside it: the same for SGD, not for Adam."""

import torch
from torch.optim import SGD, Adam, AdamW


def shrunk(make, decay, scale, steps=2000, lr=1e-3):
    """Return what decay leaves of a weight of 1 whose gradient is noise of a scale.

    >>> lost = [[round(1 - left[k][i], 2) for i in (0, 1)] for k in ("Adam", "AdamW")]
    >>> lost[0][0] > 10 * lost[0][1], lost[1][0] == lost[1][1]
    (True, True)
    >>> abs(left["AdamW"][0] - (1 - 1e-3 * 0.1) ** 2000) < 0.02
    True
    >>> abs(left["SGD"][0] - left["SGD"][1]) < 0.01
    True
    >>> abs(left["SGD"][0] - (1 - 1e-3 * 0.1) ** 2000) < 0.01
    True
    """
    torch.manual_seed(0)
    w, plain = torch.ones(2, 1000, dtype=torch.float64)
    optimizers = (
        make([w], lr=lr, weight_decay=decay),
        make([plain], lr=lr, weight_decay=0),
    )
    for _ in range(steps):
        noise = scale * torch.randn(1000, dtype=torch.float64)
        for weights, optimizer in zip((w, plain), optimizers, strict=True):
            weights.grad = noise.clone()
            optimizer.step()
    return float(1 + (w - plain).mean())


left = {
    name: [shrunk(make, 0.1, scale) for scale in (0.1, 10.0)]
    for name, make in {"SGD": SGD, "Adam": Adam, "AdamW": AdamW}.items()
}
print(*(f"{name:6}{a:7.3f}{b:7.3f}" for name, (a, b) in left.items()), sep="\n")
