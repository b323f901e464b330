"""A small model of a language, with words as rare as in texts, and with equal ones."""

import torch
from torch.nn.functional import cross_entropy
from torch.optim import SGD, Adam

words, batch, steps = 500, 128, 200


def train(kind, lr, seed, zipf, **options):
    """Return the loss above its minimum, and that of all but the first 100 words.

    >>> winners = [min(grid, key=lambda k: max(loss[z, k])) for z in (1, 0)]
    >>> winners, "%.2f %.2f" % train(Adam, 0.03, 5, 1)
    (['Adam', 'SGD'], '0.55 1.85')
    """
    torch.manual_seed(seed)
    f, partner = torch.arange(1.0, words + 1) ** -zipf, torch.randperm(words)
    f, rows = f / f.sum(), torch.arange(words)
    a, b = torch.randn(words, 16), torch.randn(16, words) / 16
    optimizer = kind([a.requires_grad_(), b.requires_grad_()], lr=lr, **options)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = lr * (1 - step / steps)
        word, other = torch.multinomial(f, 2 * batch, replacement=True).chunk(2)
        follows = torch.where(torch.rand(batch) < 0.8, partner[word], other)
        optimizer.zero_grad()
        cross_entropy(a[word] @ b, follows).backward()
        optimizer.step()
    p = 0.2 * f + 0.8 * (rows == partner[:, None])
    each = (p * (p.log() - (a @ b).log_softmax(1))).sum(1).detach()
    return float(torch.nan_to_num(f @ each, nan=torch.inf)), float(each[100:].mean())


grid = {
    "SGD": (SGD, (7, 10, 14, 20), {}),
    "momentum": (SGD, (1, 1.4, 2.8, 4), {"momentum": 0.9}),
    "Adam": (Adam, (0.02, 0.03, 0.09, 0.13), {}),
}
best, loss, rare = {}, {}, {}
for zipf, name in [(zipf, name) for zipf in (1, 0) for name in grid]:
    kind, rates, more = grid[name]
    runs = {lr: [train(kind, lr, i, zipf, **more) for i in range(3)] for lr in rates}
    lr = best[zipf, name] = min(runs, key=lambda a: max(runs[a]))
    loss[zipf, name], rare[zipf, name] = zip(*runs[lr], strict=True)
    print(f"{lr:5}", *(f"{mean:.3f} {late:.2f}" for mean, late in runs[lr]))
