"""Steps and examples to one target: at first a larger batch is free, then useless."""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch.nn.functional import avg_pool2d
from torchvision.datasets import MNIST

data = MNIST("data", train=True, download=True)
x = avg_pool2d((data.data[:10_000] / 255 - 0.1307) / 0.3081, 2).flatten(1)
labels, rates = torch.eye(10)[data.targets[:10_000]], 2 ** np.arange(-5, 1, 0.5)


def steps_needed(batch, seed, target=0.4):
    """Return the least steps to a loss on 2000 other images, and the rate that does it.

    >>> [bool(6 < steps[0] / steps[3] < 9), bool(steps[6] / steps[8] < 1.5)]
    [True, True]
    >>> bool(rates[0] < runs[:, :, 1].min() < runs[:, :, 1].max() < rates[-1])
    True
    """
    torch.manual_seed(seed)
    w, lrs, step = torch.zeros(196, 10 * len(rates)), torch.tensor(rates.repeat(10)), 0
    while True:
        rows, step = torch.randint(8000, (batch,)), step + 1
        p = (x[rows] @ w).view(batch, -1, 10).softmax(2)
        w -= (lrs * (x[rows].T @ (p - labels[rows, None]).flatten(1) / batch)).float()
        if step % max(1, 64 // batch) == 0:
            p = (x[8000:] @ w).view(2000, -1, 10).log_softmax(2)
            losses = -(p * labels[8000:, None]).sum(2).mean(0)
            if losses.min() < target:
                return step, rates[losses.argmin()]


sizes = 2.0 ** np.arange(3, 12)
runs = np.array([[steps_needed(int(B), seed) for B in sizes] for seed in range(2)])
(steps, best), guesses = runs.mean(0).T, np.geomspace(10, 1000, 500)
logs = np.log(steps / (1 + guesses[:, None] / sizes))  # of the least steps, by guess
_, critical, least = min(zip(logs.std(1), guesses, np.exp(logs.mean(1)), strict=True))
fig, ax = plt.subplots()
ax.loglog(steps, steps * sizes, "o-")
ax.plot(least * (1 + critical / sizes), least * (sizes + critical), "k:")
[ax.text(s * 1.1, s * B * 1.1, f"{B:.0f}") for B, s in zip(sizes, steps, strict=True)]
ax.set(xlabel="steps to the target", ylabel="examples to the target")
plt.show()
