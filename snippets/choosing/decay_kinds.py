"""Weight decay in the gradient and beside it: the same for SGD, not for Adam."""

import torch
from torch.optim import SGD, Adam, AdamW


def shrunk(make, decay, scale, steps=2000, lr=1e-3, **options):
    """Return what decay leaves of a weight of 1 whose gradient is noise of a scale.

    >>> [f"{a:.3f} {b:.3f}" for a, b in left.values()]
    ['0.819 0.819', '0.190 0.980', '0.819 0.819']
    >>> alone = (1 - 1e-3 * 0.1) ** 2000
    >>> [abs(v / alone - 1) < 1e-3 for k in ("SGD", "AdamW") for v in left[k]]
    [True, True, True, True]
    >>> shrunk(Adam, 0.1, 1, 9, decoupled_weight_decay=True) == shrunk(AdamW, 0.1, 1, 9)
    True
    """
    torch.manual_seed(0)
    w, plain = torch.ones(2, 1000, dtype=torch.float64)
    optimizers = (
        make([w], lr=lr, weight_decay=decay, **options),
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
