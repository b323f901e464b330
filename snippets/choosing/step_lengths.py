"""The learning rate of SGD has a unit, that of Adam is a length: one step of each."""

import torch


def step_length(method, scale, steps=1, noisy=False):
    """Return how far weights move in the last step, when their gradients are `scale`.

    >>> [f"{step_length('SGD', scale):.0e}" for scale in scales]
    ['3e-07', '3e-04', '3e-01']
    >>> [f"{step_length('Adam', scale):.0e}" for scale in scales]
    ['3e-04', '3e-04', '3e-04']
    >>> abs(step_length("Adam", 5.0, steps=100) - 3e-4) < 1e-9
    True
    >>> share = (0.1 / 1.9 * 2 / 3.14159265) ** 0.5
    >>> [abs(row[2] / 3e-4 / share - 1) < 0.04 for row in lengths], round(share, 2)
    ([True, True, True], 0.18)
    """
    torch.manual_seed(0)
    w = torch.zeros(4000, dtype=torch.float64)
    optimizer = getattr(torch.optim, method)([w], lr=3e-4)
    for _ in range(steps):
        before = w.clone()
        w.grad = torch.full_like(w, scale)
        if noisy:
            w.grad *= torch.randn_like(w)
        optimizer.step()
    return (w - before).abs().mean().item()


scales = [1e-3, 1.0, 1e3]
ways = (("SGD",), ("Adam",), ("Adam", 1000, True))
lengths = [[step_length(name, s, *how) for name, *how in ways] for s in scales]
for scale, row in zip(scales, lengths, strict=True):
    print(f"{scale:8g}", *(f"{length:8.1e}" for length in row))
