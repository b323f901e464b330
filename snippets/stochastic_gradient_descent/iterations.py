"""How many steps an epoch has: the last mini-batch may be short, or left out."""

import torch
from torch.utils.data import DataLoader, TensorDataset


def batches(n, B, drop_last=False):
    """Return the sizes of the mini-batches of one epoch.

    >>> steps == [-(-n // B) for n, B in cases], last, batches(10, 4, drop_last=True)
    (True, [32, 16, 1000, 1], [4, 4])
    >>> dropped == [n // B for n, B in cases]
    True
    """
    examples = TensorDataset(torch.arange(n))
    loader = DataLoader(examples, batch_size=B, drop_last=drop_last)
    return [len(x) for (x,) in loader]


cases = [(60_000, 64), (10_000, 64), (10_000, 1000), (1000, 1)]
epochs = [batches(n, B) for n, B in cases]
steps, last = [len(sizes) for sizes in epochs], [sizes[-1] for sizes in epochs]
dropped = [len(batches(n, B, drop_last=True)) for n, B in cases]
for (n, B), *counts in zip(cases, steps, last, dropped, strict=True):
    print(f"{n:6d} {B:6d}", *(f"{count:6d}" for count in counts))
