"""What a scheduler does is the list of the rates that the optimizer had."""

import matplotlib.pyplot as plt
import torch
from torch.optim import lr_scheduler as kinds


def rates(make, steps=10):
    """Return the rate of each step, and the one that is left after the last.

    >>> for text, row in zip(texts, lists): print(text, f"{row[10]:.3g}")
    1 1 1 0.1 0.1 0.1 0.01 0.01 0.01 0.001 0.001
    1 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1 0
    1 0.81 0.64 0.49 0.36 0.25 0.16 0.09 0.04 0.01 0
    1 0.976 0.905 0.794 0.655 0.5 0.345 0.206 0.0955 0.0245 0
    1 0.75 0.25 1 0.933 0.75 0.5 0.25 0.067 1 0.983
    0.04 0.52 1 0.95 0.812 0.611 0.389 0.188 0.0495 4e-06 0.0495
    0.5 1 1 1 1 1 1 1 0.667 0.333 0
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler, row = make(optimizer), []
    for _ in range(steps):
        row.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return [*row, optimizer.param_groups[0]["lr"]]


lists = [
    rates(lambda o: kinds.StepLR(o, 3, gamma=0.1)),
    rates(lambda o: kinds.LinearLR(o, 1, 0, total_iters=10)),
    rates(lambda o: kinds.PolynomialLR(o, 10, power=2)),
    rates(lambda o: kinds.CosineAnnealingLR(o, 10)),
    rates(lambda o: kinds.CosineAnnealingWarmRestarts(o, 3, 2)),
    rates(lambda o: kinds.OneCycleLR(o, 1.0, total_steps=10)),
    rates(lambda o: kinds.LambdaLR(o, lambda t: min((t + 1) / 2, 1, (10 - t) / 3))),
]
texts, rows = [" ".join(f"{rate:.3g}" for rate in row[:10]) for row in lists], range(7)
fig, ax = plt.subplots(figsize=(4.8, 4.2))
for i, row in zip(rows, lists, strict=True):
    ax.stairs([0.8 * rate - i for rate in row[:10]], baseline=-i, fill=True, color="C0")
y = [0.3 - i for i in rows]
ax.set_yticks(y, ["stairs", "linear", "power", "cosine", "restarts", "cycle", "stable"])
ax.set(xlabel="step", xlim=(0, 10))
plt.show()
