"""Adafactor's row and column means: exact for rank one, blind to an identity matrix."""

import torch


def rebuilt(s):
    """Return the matrix that row and column sums remember of a matrix of squares.

    >>> torch.allclose(rebuilt(product), product), rebuilt(torch.eye(2)).tolist()
    (True, [[0.5, 0.5], [0.5, 0.5]])
    >>> torch.allclose(rebuilt(noise).sum(0), noise.sum(0))
    True
    """
    return s.sum(1, keepdim=True) * s.sum(0, keepdim=True) / s.sum()


torch.manual_seed(0)
product = torch.rand(3, 1) ** 2 * torch.rand(1, 4) ** 2
noise = torch.randn(300, 400) ** 2
off = float((rebuilt(noise) - noise).abs().mean() / noise.mean())
print(f"{off:.2f}")
