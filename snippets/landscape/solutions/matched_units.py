"""Match the hidden units of two networks, and the hill between them nearly goes."""

import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST

mnist = MNIST("data", train=True, download=True)
x, y = (mnist.data[:4000].flatten(1) / 255 - 0.1307) / 0.3081, mnist.targets[:4000]


def loss(w, x, y):
    return cross_entropy(torch.relu(x @ w[0]) @ w[1], y)


def train(start, order):
    torch.manual_seed(start)
    w = [torch.randn(n) * (2 / n[0]) ** 0.5 for n in ((784, 64), (64, 10))]
    optimizer = torch.optim.SGD([p.requires_grad_() for p in w], 0.02, momentum=0.9)
    torch.manual_seed(order)
    for rows in torch.randint(len(x), (400, 64)):
        optimizer.zero_grad()
        loss(w, x[rows], y[rows]).backward()
        optimizer.step()
    return [p.detach() for p in w]


def matched(one, two):
    """Return the order of the units of a network in which they resemble another's.

    >>> sorted(order) == list(range(64)), [f"{hill:.2f}" for hill in hills]
    (True, ['0.47', '0.05'])
    """
    like, pick = torch.cat([one[0], one[1].T]).T @ torch.cat([two[0], two[1].T]), {}
    for k in like.flatten().argsort(descending=True).tolist():  # the most alike first
        if k // 64 not in pick and k % 64 not in pick.values():
            pick[k // 64] = k % 64
    return [pick[i] for i in range(64)]


orders, one, two = torch.arange(1, 65).double().prod().item(), train(0, 0), train(1, 1)
order, hills = matched(one, two), []
for w in (two, (two[0][:, order], two[1][order])):
    middle = loss([(one[i] + w[i]) / 2 for i in (0, 1)], x, y).item()
    hills.append(middle - max(loss(one, x, y).item(), loss(w, x, y).item()))
print(*(f"{hill:.3f}" for hill in hills))
