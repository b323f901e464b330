"""Of the matrices of a small language model, which are hidden ones?"""

import torch
from torch import nn


def weights(modules):
    """Return how many weights stand in matrices.

    >>> weights([nn.Linear(3, 5), nn.Embedding(7, 2)])
    29
    >>> f"{outside / (outside + inside):.3f}", outside // 1_000_000, inside // 1_000_000
    ('0.476', 77, 84)
    """
    parts = [p for module in modules for p in module.parameters()]
    return sum(p.numel() for p in parts if p.ndim == 2)


with torch.device("meta"):  # shapes without numbers
    block = nn.TransformerEncoderLayer(768, 12, 3072)
    outside = weights([nn.Embedding(50_257, 768), nn.Linear(768, 50_257, bias=False)])
inside = 12 * weights([block])
print(f"{outside:,d} {inside:,d} {outside / (outside + inside):.3f}")
