"""SGD and momentum on a network, at equal effective rates, for two batch sizes."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torchvision.datasets import MNIST

data = [MNIST("data", train=t, download=True) for t in (True, False)]
(x, y), test = [((d.data.flatten(1) / 255 - 0.1307) / 0.3081, d.targets) for d in data]
kept = len(x) - min(10_000, len(x) // 5)  # the rest is for validation


def sgd(seed, beta, rate, batch, epochs):
    """Return validation and test error in %. Equal seeds: equal start and batches.

    >>> (b := best)[32, 0] == b[32, 0.9] < b[512, 0] < b[512, 0.9], sum(gaps[512]) < -1
    (True, True)
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))
    optimizer = torch.optim.SGD(model.parameters(), rate * (1 - beta), momentum=beta)
    for rows in (r for _ in range(epochs) for r in torch.randperm(kept).split(batch)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
    parts = (x[kept:], y[kept:]), test
    return [100 * (model(x).argmax(1) != y).double().mean() for x, y in parts]


rates, best, valid, tested, gaps = [0.05 * 2**k for k in range(7)], {}, {}, {}, {}
fig, ax = plt.subplots()
for batch, epochs, grid in ((32, 2, rates[:4]), (512, 3, rates[2:])):
    for beta, line in ((0, "C0s-"), (0.9, "C1o--")):
        runs = [[sgd(s, beta, r, batch, epochs) for s in range(3)] for r in grid]
        misses, tests = torch.tensor(runs).unbind(-1)
        i = int(misses.mean(1).argmin())  # by validation
        best[batch, beta], valid[batch, beta] = grid[i], misses[i].tolist()
        tested[batch, beta] = tests[i].tolist()
        ax.loglog(grid, misses.mean(1), line)
    ax.text(grid[0], 13, f"$B = {batch}$")
    gaps[batch] = (tests[i] - torch.tensor(tested[batch, 0])).tolist()
ax.set(xlabel=r"$\alpha / (1 - \beta)$", ylabel="validation error in %")
ax.text(1.2, 45, r"$\beta = 0$", color="C0")
ax.text(1.1, 6.6, r"$\beta = 0.9$", color="C1")
plt.show()
