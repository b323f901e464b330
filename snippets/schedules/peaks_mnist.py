"""Five peaks on a network: a constant rate, its running mean, and a line to zero."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torchvision.datasets import MNIST

data = [MNIST("data", train=t, download=True) for t in (True, False)]
(x, y), test = [((d.data.flatten(1) / 255 - 0.1307) / 0.3081, d.targets) for d in data]
kept = len(x) - min(10_000, len(x) // 5)  # the rest is for validation


def train(peak, falls, seed, steps=785):
    """Return errors in % of the last weights and their mean: validation, then test.

    >>> gaps[0] > 0.3, {0, 4}.isdisjoint(best), sum(top[0]) > max(map(sum, top[1:]))
    (True, True, True)
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.98))
    optimizer = torch.optim.SGD(model.parameters(), lr=peak, momentum=0.9)
    for t, rows in enumerate(torch.randint(kept, (steps, 64))):
        optimizer.param_groups[0]["lr"] = peak * (1 - falls * t / steps)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
        mean.update_parameters(model)
    nets, parts = (model, mean), ((x[kept:], y[kept:]), test)
    wrong = [[net(a).argmax(1) != b for net in nets] for a, b in parts]
    return [[100 * w.double().mean() for w in pair] for pair in wrong]


peaks = (0.01, 0.03, 0.06, 0.1, 0.2)
runs = [[[train(p, f, s) for s in range(3)] for p in peaks] for f in (0, 1)]
valid, tested = torch.tensor(runs).movedim((-2, -1), (0, 2)).flatten(1, 2)[:, :3]
gaps, best = (valid[2] - valid[0]).mean(1).tolist(), valid.mean(2).argmin(1).tolist()
(constant, averaged, line), top = valid.tolist(), tested[range(3), best].tolist()
fig, ax = plt.subplots()
for kind in valid:
    ax.errorbar(peaks, kind.mean(1), kind.std(1), color="C1", marker="o", capsize=3)
ax.legend(["constant", "running mean", "line to zero"])
ax.set(xscale="log", xlabel="peak", ylabel="validation error in %", ylim=(2, 10))
plt.show()
