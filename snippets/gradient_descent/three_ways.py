"""The same step three times: by hand, with autograd, with torch.optim."""

import torch

curvature = torch.tensor([1.0, 20.0], dtype=torch.float64)
start = torch.tensor([-6.0, 1.5], dtype=torch.float64)
lr, steps = 2 / 21, 20


def loss(x):
    """Return the height of the valley at x; all three paths go down it alike.

    >>> bool((by_hand - by_autograd).abs().max() < 1e-12)
    True
    >>> bool((by_hand - by_optimizer).abs().max() < 1e-12)
    True
    >>> bool(torch.dist(by_hand, start * (19 / 21) ** 20) < 1e-12), loss(start).item()
    (True, 40.5)
    """
    return 0.5 * (curvature * x**2).sum()


by_hand = start.clone()
for _ in range(steps):
    by_hand = by_hand - lr * curvature * by_hand

by_autograd = start.clone().requires_grad_()
for _ in range(steps):
    (grad,) = torch.autograd.grad(loss(by_autograd), by_autograd)
    with torch.no_grad():
        by_autograd -= lr * grad

by_optimizer = start.clone().requires_grad_()
optimizer = torch.optim.SGD([by_optimizer], lr=lr)
for _ in range(steps):
    optimizer.zero_grad()
    loss(by_optimizer).backward()
    optimizer.step()

by_autograd, by_optimizer = by_autograd.detach(), by_optimizer.detach()
for x in (by_hand, by_autograd, by_optimizer):
    print(" ".join(f"{value:.12f}" for value in x.tolist()))
