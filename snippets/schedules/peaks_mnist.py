"""Three peaks on a network: a constant rate, its running mean, and a line to zero."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torchvision.datasets import MNIST

data = MNIST("data", train=True, download=True)
x, y = (data.data.flatten(1) / 255 - 0.1307) / 0.3081, data.targets
kept = len(x) - min(10_000, len(x) // 5)  # the rest is for validation


def train(peak, falls, steps=785):
    """Return the validation errors in % of the last weights, and of their mean.

    >>> line[0] > constant[0], line[1] < constant[1] > averaged[1], line[2] < 10
    (True, True, True)
    >>> usual = (13.83, 13.17) if kept == 50_000 else (17.7, 16.15)
    >>> [abs(e - u) < 0.3 for e, u in zip(train(0.1, 0.5, 30), usual)]
    [True, True]
    """
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.98))
    optimizer = torch.optim.SGD(model.parameters(), lr=peak, momentum=0.9)
    for t, rows in enumerate(torch.randint(kept, (steps, 64))):
        optimizer.param_groups[0]["lr"] = peak * (1 - falls * t / steps)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
        mean.update_parameters(model)
    wrong = [net(x[kept:]).argmax(1) != y[kept:] for net in (model, mean)]
    return [100 * part.double().mean().item() for part in wrong]


peaks = (0.01, 0.06, 0.2)
constant, averaged = zip(*(train(peak, 0) for peak in peaks), strict=True)
line = [train(peak, 1)[0] for peak in peaks]
fig, ax = plt.subplots()
for kind, style in ((constant, "C1o-"), (averaged, "C1s--"), (line, "C1^-.")):
    ax.plot(peaks, kind, style)
ax.legend(["constant", "running mean", "line to zero"])
ax.set(xscale="log", xlabel="peak", ylabel="validation error in %", ylim=(2, 10))
plt.show()
