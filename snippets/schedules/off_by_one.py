"""Six lists of rates that go wrong at their beginning or at their end."""

import warnings

import torch
from torch.optim import lr_scheduler as kinds


def rates(make, late=True, metric=()):
    """Return ten rates, and the one that is left; late is scheduler after optimizer.

    >>> for row in rows: print(*row)
    1 0.97 0.883 0.75 0.587 0.413 0.25 0.117 0.0302 0 0.0302
    1 0.905 0.655 0.345 0.0955 0 0.0955 0.345 0.655 0.905 1
    1 0.8 0.6 0.4 0.2 0 0 0 0 0 0
    0.04 0.52 1 0.52 0.04 0.032 0.024 0.016 0.008 4e-06 -0.008
    1 1 1 1 0.1 0.1 0.1 0.01 0.01 0.01 0.001
    1 0.1 0.1 0.01 0.01 0.001 0.001 0.0001 0.0001 1e-05 1e-05
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0, momentum=0.9)
    scheduler, row = make(optimizer), []
    for _ in range(10):
        if not late:
            scheduler.step(*metric)
        row.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if late:
            scheduler.step(*metric)
    return [*row, optimizer.param_groups[0]["lr"]]


linear = {"anneal_strategy": "linear", "three_phase": True}
with warnings.catch_warnings(action="ignore"):
    lists = [
        rates(lambda o: kinds.CosineAnnealingLR(o, 9)),
        rates(lambda o: kinds.CosineAnnealingLR(o, 5)),
        rates(kinds.PolynomialLR),
        rates(lambda o: kinds.OneCycleLR(o, 1.0, total_steps=10, **linear)),
        rates(lambda o: kinds.ReduceLROnPlateau(o, patience=2), metric=[1.0]),
        rates(lambda o: kinds.StepLR(o, 2, gamma=0.1), late=False),
    ]
rows = [[f"{rate:.3g}" for rate in row] for row in lists]
print(*(" ".join(row) for row in rows), sep="\n")
