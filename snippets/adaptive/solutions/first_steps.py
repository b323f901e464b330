"""The first step of eight optimizers over the rate, for three sizes of gradient."""

import torch

names = ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW", "NAdam", "RAdam", "Adamax"]


def first_step(name, gradient, lr=0.01):
    """Return the length of the first step in units of the rate.

    >>> [f"{length:.3g}" for length in table["RAdam"]]
    ['1e-06', '1', '1e+06']
    >>> [f"{length:.3f}" for length in table["Adam"] + table["RMSprop"]]
    ['0.990', '1.000', '1.000', '9.091', '10.000', '10.000']
    """
    x = torch.zeros(1, dtype=torch.float64)
    optimizer = getattr(torch.optim, name)([x], lr=lr)
    x.grad = torch.full_like(x, gradient)
    optimizer.step()
    return -x.item() / lr


table = {name: [first_step(name, g) for g in (1e-6, 1.0, 1e6)] for name in names}
for name, lengths in table.items():
    print(f"{name:8}", *(f"{length:10.3g}" for length in lengths))
