"""Three methods at every learning rate: a whole grid of models in one run."""

import matplotlib.pyplot as plt
import torch
from torchvision.datasets import MNIST


def train(method, seed):
    """Return the validation error in % of one model for each rate, after one epoch.

    >>> s, a = errors["SGD"], errors["Adam"]
    >>> s[3] > a[3], s[6] < a[6], [f"{best[k]:.3f} {min(errors[k]):.1f}" for k in best]
    (True, True, ['0.032 11.9', '0.010 11.1', '0.003 11.3'])
    """
    torch.manual_seed(seed)
    w, m, s = torch.zeros(3, 785, 10 * len(rates))
    for t, rows in enumerate(torch.randperm(kept).split(64), 1):
        p = (x[rows] @ w).view(len(rows), 10, -1).softmax(1)
        g = x[rows].T @ (p - target[rows, :, None]).flatten(1) / len(rows)
        m.mul_(0.0 if method == "SGD" else 0.9).add_(g)
        if method == "Adam":
            s.mul_(0.999).addcmul_(g, g, value=0.001)
            g = 0.1 * m / (1 - 0.9**t) / ((s / (1 - 0.999**t)).sqrt() + 1e-8)
        w -= rates.repeat(10) * (g if method == "Adam" else m)
    wrong = (x[kept:] @ w).view(len(x) - kept, 10, -1).argmax(1) != y[kept:, None]
    return (100 * wrong.double().mean(0)).tolist()


data = MNIST("data", download=True)
x, y = data.data.reshape(-1, 784)[:10_000], data.targets[:10_000]
x = torch.cat([(x / 255 - 0.1307) / 0.3081, torch.ones(len(x), 1)], 1)
kept = len(x) - min(10_000, len(x) // 5)
target, rates = torch.eye(10)[y], 10 ** torch.linspace(-4.5, 0.5, 11)
names = ("SGD", "momentum", "Adam")
runs = {name: torch.tensor([train(name, seed) for seed in range(5)]) for name in names}
errors = {name: run.mean(0).tolist() for name, run in runs.items()}
best = {name: float(rates[e.index(min(e))]) for name, e in errors.items()}
fig, ax = plt.subplots()
for name, color, marker in zip(names, ("C0", "C1", "C3"), "os^", strict=True):
    ax.semilogx(rates, runs[name].T, "-", color=color, alpha=0.2, lw=1)
    ax.semilogx(rates, errors[name], color=color, marker=marker)
ax.set(xlabel="learning rate", ylabel="validation error in %")
ax.set(ylim=(8, 30), yticks=(10, 15, 20, 25, 30))
ax.legend(ax.lines[5::6], ["SGD", "momentum", "Adam"])
plt.show()
