"""The same step three times: by hand, with autograd, with torch.optim."""

import torch

curvature, start = torch.tensor([[1.0, 20.0], [-6.0, 1.5]], dtype=torch.float64)
lr, steps = 2 / 21, 25


def loss(x):
    """Return the height of the valley at x; all three paths go down it alike.

    >>> goal = torch.tensor([-6.0, -1.5], dtype=torch.float64) * (19 / 21) ** 25
    >>> max(torch.dist(x, goal).item() for x in ends) < 1e-12, loss(start).item()
    (True, 40.5)
    """
    return 0.5 * (curvature * x**2).sum()


def by_hand(x):
    for _ in range(steps):
        x = x - lr * curvature * x
    return x


def by_autograd(x):
    for _ in range(steps):
        (grad,) = torch.autograd.grad(loss(x), x)
        with torch.no_grad():
            x -= lr * grad
    return x


def by_optimizer(x):
    optimizer = torch.optim.SGD([x], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss(x).backward()
        optimizer.step()
    return x


ways = by_hand, by_autograd, by_optimizer
ends = [way(start.clone().requires_grad_()).detach() for way in ways]
for x in ends:
    print(" ".join(f"{value:.12f}" for value in x.tolist()))
