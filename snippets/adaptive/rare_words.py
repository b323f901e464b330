"""A small model of a language, with words as rare as in texts, and with equal ones."""

import torch
from torch.nn.functional import cross_entropy
from torch.optim import SGD, Adam

words, batch, steps = 1000, 256, 200


def train(kind, lr, seed, zipf, **options):
    """Return the loss above its minimum, and that of all but the first 100 words.

    >>> [sorted(grid, key=lambda k: max(loss[z, k])).index("Adam") for z in (1, 0)]
    [0, 2]
    """
    torch.manual_seed(seed)
    f, partner = torch.arange(1.0, words + 1) ** -zipf, torch.randperm(words)
    f, rows = f / f.sum(), torch.arange(words)
    a, b = torch.randn(words, 32), torch.randn(32, words) / 32
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
    "momentum": (SGD, (0.7, 1, 2, 2.8, 4), {"momentum": 0.9}),
    "Adam": (Adam, (0.01, 0.014, 0.02, 0.04, 0.06), {}),
}
best, loss, rare = {}, {}, {}
for zipf, name in [(zipf, name) for zipf in (1, 0) for name in grid]:
    kind, rates, more = grid[name]
    worst = {a: max(train(kind, a, i, zipf, **more)[0] for i in (0, 9)) for a in rates}
    best[zipf, name] = lr = min(worst, key=worst.get)
    runs = [train(kind, lr, seed, zipf, **more) for seed in (1, 2, 3)]
    loss[zipf, name], rare[zipf, name] = zip(*runs, strict=True)
    print(f"{lr:5}", *(f"{mean:.3f} {late:.2f}" for mean, late in runs))
