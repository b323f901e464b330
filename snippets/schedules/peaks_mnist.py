"""Four peaks on a network: a constant rate, its running mean, and a line to zero."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torchvision.datasets import MNIST

data = [MNIST("data", train=t, download=True) for t in (True, False)]
(x, y), test = [((d.data.flatten(1) / 255 - 0.1307) / 0.3081, d.targets) for d in data]


def train(peak, falls, seed, steps=785):
    """Return the test error in % of the last weights, and of their running mean.

    >>> bool(gaps[0] > 0.3), bool(gaps[2] < -0.5), bool(gains[1] < -0.3)
    (True, True, True)
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.98))
    optimizer = torch.optim.SGD(model.parameters(), lr=peak, momentum=0.9)
    down = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 1 - falls, steps)
    for _ in range(steps):
        rows = torch.randint(len(x), (64,))
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
        down.step()
        mean.update_parameters(model)
    wrong = [m(test[0]).argmax(1) != test[1] for m in (model, mean)]
    return [100 * w.double().mean().item() for w in wrong]


n, peaks = len(x), (0.01, 0.03, 0.06, 0.1)
runs = [[[train(p, f, s) for s in range(3)] for p in peaks] for f in (0, 1)]
kinds = torch.tensor(runs).movedim(-1, 1).flatten(0, 1)[:3]
constant, averaged, line = kinds.tolist()
gaps, gains = (kinds[2] - kinds[0]).mean(1), (kinds[1] - kinds[0]).mean(1)
fig, ax = plt.subplots()
for kind in kinds:
    ax.errorbar(peaks, kind.mean(1), kind.std(1), color="C1", marker="o", capsize=3)
ax.legend(["constant", "running mean", "line to zero"])
ax.set(xscale="log", xlabel="peak", ylabel="test error in %")
plt.show()
