"""The gradient noise scale: a naive estimate stays below the batch it is made with."""

import matplotlib.pyplot as plt
import torch
from torchvision.datasets import MNIST

data = MNIST("data", train=True, download=True)
x, labels = (data.data.flatten(1) / 255 - 0.1307) / 0.3081, torch.eye(10)[data.targets]


def gradients(w, rows):
    residual = (x[rows] @ w).softmax(-1) - labels[rows]
    return (x[rows].mT @ residual / residual.shape[-2]).flatten(-2)


def exact(w):
    squares = x.square().sum(1) * ((x @ w).softmax(1) - labels).square().sum(1)
    return (squares.mean() / gradients(w, slice(None)).square().sum() - 1).item()


def noise_scale(w, b=16, B=256, draws=100):
    """Return the noise scale from gradients of b and B examples, and from B alone.

    >>> 0.8 < pairs[3] / truth[3] < 1.2, abs(256 / naive[3] - 256 / pairs[3] - 1) < 1e-4
    (True, True)
    """
    rows = torch.randint(len(x), (draws, B // b, b))
    parts = torch.stack([gradients(w, groups) for groups in rows])
    small, large = parts.square().sum(2).mean(), parts.mean(1).square().sum(1).mean()
    trace = (small - large) / (1 / b - 1 / B)
    square = (B * large - b * small) / (B - b)
    return (trace / square).item(), (trace / large).item()


torch.manual_seed(0)
walk, steps = [torch.zeros(784, 10)], [2**k for k in range(9)]
for rows in torch.randint(len(x), (255, 64)):
    walk.append(walk[-1] - 0.03 * gradients(walk[-1], rows).view(784, 10))
truth = [exact(walk[k - 1]) for k in steps]
pairs, naive = zip(*[noise_scale(walk[k - 1]) for k in steps], strict=True)
fig, ax = plt.subplots()
ax.loglog(steps, [*zip(truth, pairs, naive, strict=True)])
ax.legend(["exact", "two batch sizes", "one batch size"])
ax.set(xlabel="step", ylabel="gradient noise scale")
plt.show()
