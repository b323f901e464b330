"""Dampening in torch is the averaged form, but for its first step."""

import torch


def averaged(first, lr=0.1, beta=0.9, steps=5):
    """Return the path on the parabola; first is the weight of the first gradient.

    >>> max(abs(a - b) for a, b in zip(averaged(1), library, strict=True)) < 1e-12
    True
    >>> round((library[1] - 2) / (averaged(0.1)[1] - 2), 9)
    10.0
    """
    x, v, path = 2.0, 0.0, [2.0]
    for step in range(steps):
        weight = first if step == 0 else 1 - beta
        v = beta * v + weight * 2 * x
        x = x - lr * v
        path.append(x)
    return path


x = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([x], lr=0.1, momentum=0.9, dampening=0.9)
library = [2.0]
for _ in range(5):
    optimizer.zero_grad()
    (x**2).backward()
    optimizer.step()
    library.append(x.item())
averaged_path = averaged(0.1)
print(*(f"{a:.4f}" for a in averaged_path))
print(*(f"{a:.4f}" for a in library))
