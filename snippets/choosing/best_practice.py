"""Momentum SGD on MNIST: a rate chosen on validation, and a cosine that is stepped."""

import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST


def train(lr, seed, epochs=5, batch=64):
    """Return a trained model and the learning rate of each of its steps.

    >>> n, rates = 3 * -(-kept // 777), torch.tensor(train(0.02, 0, 3, 777)[1])
    >>> torch.allclose(rates, 0.01 * (1 + torch.cos(torch.pi * torch.arange(n) / n)))
    True
    >>> lr, abs(sum(errors) / 3 - (7.5 if kept == 50_000 else 9.43)) < 0.2
    (0.03, True)
    """
    torch.manual_seed(seed)
    model, rates = torch.nn.Linear(784, 10), []
    optimizer = torch.optim.SGD(model.parameters(), lr, momentum=0.9, weight_decay=1e-4)
    steps = epochs * -(-kept // batch)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(epochs):
        for rows in torch.randperm(kept).split(batch):
            optimizer.zero_grad()
            cross_entropy(model(x[rows]), y[rows]).backward()
            rates.append(scheduler.get_last_lr()[0])
            optimizer.step()
            scheduler.step()
    return model, rates


def error(model, x, y):
    """Return the error in %."""
    return round(100 * (model(x).argmax(1) != y).double().mean().item(), 2)


data = [MNIST("data", train=train, download=True) for train in (True, False)]
x, x_test = ((d.data.view(-1, 784) / 255 - 0.1307) / 0.3081 for d in data)
y, y_test = (d.targets for d in data)
kept = len(x) - min(10_000, len(x) // 5)
runs = {a: [train(a, seed)[0] for seed in range(3)] for a in (0.003, 0.01, 0.03, 0.1)}
means = {a: sum(error(m, x[kept:], y[kept:]) for m in runs[a]) / 3 for a in runs}
lr = min(means, key=means.get)
errors = [error(model, x_test, y_test) for model in runs[lr]]
print(*(f"{a}: {means[a]:.2f}" for a in means), errors)
