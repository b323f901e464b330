"""The Hessian of a network of two weights, v relu(u x), when u grows as v shrinks."""

import torch

x, y = torch.tensor([0.5, 1.0, 1.5]).double(), torch.tensor([1.0, 2.0, 3.2]).double()


def loss(w):
    return 0.5 * ((w[1] * torch.relu(w[0] * x) - y) ** 2).mean()


def curvatures(a):
    """Return loss and both curvatures at (a u, v / a), where u v fits best.

    >>> m, slope = (x**2).mean().item(), ((x * y).mean() / (x**2).mean()).item()
    >>> all(abs(r[2] / (m * slope * (a**2 + a**-2)) - 1) < 1e-9 for a, r in table)
    True
    >>> all(abs(r[0] - table[0][1][0]) + abs(r[1]) < 1e-9 * r[2] for _, r in table)
    True
    """
    root = ((x * y).mean() / (x**2).mean()).sqrt()
    w = torch.stack([a * root, root / a])
    hessian = torch.autograd.functional.hessian(loss, w)
    return loss(w).item(), *torch.linalg.eigvalsh(hessian).tolist()


table = [(a, curvatures(a)) for a in (1, 10, 100)]
for a, (value, _, top) in table:
    print(f"{a:4d} {value:.6f} {top:12.4f}")
