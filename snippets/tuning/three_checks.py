"""Three quick checks, on a right program and on five with a mistake each."""

import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST

data = MNIST("data", download=True)
x, y = (data.data[:32].flatten(1) / 255 - 0.1307) / 0.3081, data.targets[:32]


def right(w, x):
    return torch.relu(x @ w[0]) @ w[1]


def checks(outputs=right, labels=y, sizes=(0.05, 0.01)):
    """Return the loss at the start and after 30 steps, and what leaks between digits.

    >>> [abs(first - 2.303) < 0.1 for first, _, _ in found]
    [True, True, False, True, True, True]
    >>> [last < 0.01 for _, last, _ in found]
    [True, False, True, False, True, True]
    >>> [leak == 0 for _, _, leak in found], 1.4611 < found[1][1] < 1.51
    ([True, True, True, True, False, True], True)
    """
    torch.manual_seed(0)
    w = [torch.randn(784, 100) * sizes[0], torch.randn(100, 10) * sizes[1]]
    images, *w = (part.clone().requires_grad_() for part in (x, *w))
    leak = torch.autograd.grad(outputs(w, images)[0].sum(), images)[0][1:].norm()
    optimizer, losses = torch.optim.Adam(w, lr=0.01), []
    for _ in range(31):
        optimizer.zero_grad()
        losses.append(cross_entropy(outputs(w, x), labels))
        losses[-1].backward()
        optimizer.step()
    return losses[0].item(), losses[30].item(), leak.item()


found = [checks(), checks(lambda w, x: right(w, x).softmax(1))]
found += [checks(sizes=(0.05, 1)), checks(sizes=(0, 0))]
found += [checks(lambda w, x: right(w, x).view(10, -1).T), checks(labels=y.roll(1))]
for first, last, leak in found:
    print(f"{first:7.3f} {last:7.3f} {leak > 0:3d}")
