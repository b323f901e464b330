"""A loss divided until epsilon is larger than the gradients: Adam notices."""

import torch


def step(kind, gradient, steps=100, **options):
    """Return the length of a late step, in units of the rate, on a steady gradient.

    >>> [f"{step(torch.optim.Adam, g):.3f}" for g in (1e-2, 1e-6, 1e-8, 1e-10)]
    ['1.000', '0.990', '0.500', '0.010']
    >>> f"{step(torch.optim.Adam, 1e-8, eps=1e-15):.6f}"
    '1.000000'
    """
    x = torch.zeros(1, dtype=torch.float64)
    optimizer = kind([x], lr=1.0, **options)
    for _ in range(steps):
        before, x.grad = x.item(), torch.full_like(x, gradient)
        optimizer.step()
    return before - x.item()


lengths = [step(torch.optim.Adam, g) for g in (1e-2, 1e-6, 1e-8, 1e-10)]
half = torch.tensor(1e-8, dtype=torch.float16).item()
print(*(f"{length:.3f}" for length in lengths), half)
