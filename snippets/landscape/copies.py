"""The loss on the straight line from a network to a copy, a stranger, and a twin."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST

mnist = MNIST("data", train=True, download=True)
x, y = (mnist.data[:4000].flatten(1) / 255 - 0.1307) / 0.3081, mnist.targets[:4000]


def loss(w, x, y):
    return cross_entropy(torch.relu(x @ w[0]) @ w[1], y)


def train(start, order):
    """Return a network, from a start, after batches in an order.

    >>> ends = f"{lines[0][0]:.4f} {lines[1][20]:.4f} {lines[2][20]:.4f}"
    >>> abs(lines[0][20] - lines[0][0]) < 1e-5, [f"{h:.1f}" for h in hills], ends
    (True, ['1.0', '0.5', '0.0'], '0.0417 0.0554 0.0499')
    """
    torch.manual_seed(start)
    w = [torch.randn(n) * (2 / n[0]) ** 0.5 for n in ((784, 64), (64, 10))]
    optimizer = torch.optim.SGD([p.requires_grad_() for p in w], 0.02, momentum=0.9)
    torch.manual_seed(order)
    for rows in torch.randint(len(x), (400, 64)):
        optimizer.zero_grad()
        loss(w, x[rows], y[rows]).backward()
        optimizer.step()
    return [p.detach() for p in w]


one, stranger, twin = train(0, 0), train(1, 1), train(0, 1)
copy = [one[0].flip(1), one[1].flip(0)]  # hidden units in reverse order
shares, lines = [k / 20 for k in range(21)], []
for two in (copy, stranger, twin):
    mixed = [[one[i] + s * (two[i] - one[i]) for i in (0, 1)] for s in shares]
    lines.append([loss(w, x, y).item() for w in mixed])
hills = [max(values) - max(values[0], values[-1]) for values in lines]
fig, ax = plt.subplots()
ax.plot(shares, [*zip(*lines, strict=True)])
ax.legend(["copy", "stranger", "twin"])
ax.set(xlabel="share of the other network", ylabel="loss")
plt.show()
