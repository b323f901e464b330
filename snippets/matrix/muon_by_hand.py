"""Muon written like its formula, beside torch.optim.Muon."""

from unittest.mock import patch

import torch


def orthogonalize(x, steps=5):
    x = x / x.norm()
    for _ in range(steps):
        gram = x @ x.T
        x = 3.4445 * x + (-4.775 * gram + 2.0315 * gram @ gram) @ x
    return x


def muon(grad, x, v, lr, beta=0.95, decay=0.1):
    v = beta * v + (1 - beta) * grad
    ahead = beta * v + (1 - beta) * grad
    scale = max(1, len(x) / len(x.T)) ** 0.5
    return x - lr * decay * x - lr * scale * orthogonalize(ahead), v


def gap(shape, dtype, steps=100, lr=0.02):
    """Return how far torch is away after some steps, as a share of its path.

    >>> all(gap < 1e-12 for gap in exact), [5e-4 < share < 5e-3 for share in rounded]
    (True, [True, True, True])
    """
    torch.manual_seed(0)
    x = torch.randn(shape, dtype=dtype)
    start, v, w = x, torch.zeros_like(x), x.clone()
    optimizer = torch.optim.Muon([w], lr=lr)
    for _ in range(steps):
        w.grad = torch.randn(shape, dtype=dtype)
        optimizer.step()
        x, v = muon(w.grad, x, v, lr)
    return ((x - w).norm() / (w - start).norm()).item()


shapes = (64, 128), (128, 64), (64, 64)
rounded = [gap(shape, torch.float32) for shape in shapes]
with patch.object(torch.Tensor, "bfloat16", torch.Tensor.clone):  # no rounding
    exact = [gap(shape, torch.float64) for shape in shapes]
print(*(f"{r:9.4f}" for r in rounded), *(f"{e:9.0e}" for e in exact))
