"""How far one step of Adam moves the outputs of a network, by its width."""

import torch


def moved(width, ratio=1.0, lr=0.01):
    """Return how much the outputs change, as a root mean square, in one step.

    The last two layers take ratio times the rate, and the last starts smaller.

    >>> [f"{m:.1f}" for m in standard], [f"{m:.2f}" for m in scaled]
    (['0.4', '1.8', '12.1'], ['0.36', '0.31', '0.28'])
    >>> abs(moved(64, 0.5, lr=1e-5) / moved(64, 0.5, lr=1e-6) - 10) < 0.1
    True
    """
    torch.manual_seed(0)
    x, y = torch.randn(64, 100), torch.randint(10, (64,))
    w = [torch.randn(100, width) / 10, torch.randn(width, width) / width**0.5]
    w.append(torch.randn(width, 10) * (ratio / width) ** 0.5)
    rates = (lr, lr * ratio, lr * ratio)
    w = [part.requires_grad_() for part in w]
    groups = [{"params": [p], "lr": rate} for p, rate in zip(w, rates, strict=True)]
    optimizer, outputs = torch.optim.Adam(groups), []
    for _ in range(2):
        outputs.append(torch.relu(torch.relu(x @ w[0]) @ w[1]) @ w[2])
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(outputs[-1], y).backward()
        optimizer.step()
    return (outputs[1] - outputs[0]).pow(2).mean().sqrt().item()


widths = 64, 256, 1024
standard = [moved(width) for width in widths]
scaled = [moved(width, ratio=64 / width) for width in widths]
for changes in (standard, scaled):
    print(*(f"{change:8.2f}" for change in changes))
