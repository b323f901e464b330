"""The longest step that Adam can make, and gradients that come near to it."""

import torch


def step(growth, steps=3000, betas=(0.9, 0.999)):
    """Return the length of Adam's last step, over the rate, on growing gradients.

    >>> f"{bound:.4f} {reached:.4f} {step(1.0):.4f} {step(growth, 1):.4f}"
    '7.2703 7.0873 1.0000 1.0000'
    >>> max(step(g) for g in (1.02, 1.05, 1.1, 1.12, 1.2)) < reached < bound
    True
    """
    x = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.Adam([x], lr=1.0, betas=betas, eps=0)
    for t in range(steps):
        before, x.grad = x.item(), torch.full_like(x, growth ** (t - steps))
        optimizer.step()
    return before - x.item()


beta1, beta2 = 0.9, 0.999
growth = beta2 / beta1
bound = (1 - beta1) / ((1 - beta2) * (1 - beta1**2 / beta2)) ** 0.5
reached = step(growth)
print(f"{bound:.3f} {reached:.3f}")
