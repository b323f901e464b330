"""SGD and L-BFGS on a linear softmax, pass by pass over all digits."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST

parts = [MNIST("data", train=train, download=True) for train in (True, False)]
x, test = ((p.data.reshape(-1, 784) / 255 - 0.1307) / 0.3081 for p in parts)
y, digits = parts[0].targets, len(x)


def train(kind, epochs, batch, **options):
    """Return training loss and test error, after 0, 1, 2, ... passes.

    >>> slow[0][1] < fast[0][2], fast[0][50] < slow[0][20], slow[1][10] < fast[1][10]
    (True, True, True)
    """
    torch.manual_seed(0)
    w, path = torch.zeros(784, 10, requires_grad=True), []
    optimizer = kind([w], **options)
    for _ in range(epochs):
        for k, rows in enumerate(torch.randperm(digits).split(batch)):

            def closure(k=k, some=x[rows], labels=y[rows]):
                optimizer.zero_grad()
                loss = cross_entropy(some @ w, labels)
                loss.backward()
                if k == 0:
                    wrong = ((test @ w).argmax(1) != parts[1].targets).double()
                    path.append((cross_entropy(x @ w, y).item(), wrong.mean().item()))
                return loss

            optimizer.step(closure)
    return [list(column) for column in zip(*path, strict=True)]


slow = train(torch.optim.SGD, 21, 64, lr=0.03)
fast = train(torch.optim.LBFGS, 1, digits, max_iter=50, line_search_fn="strong_wolfe")
fig, axes = plt.subplots(1, 2, figsize=(4.8, 3.4))
for ax, column in zip(axes, zip(slow, fast, strict=True), strict=True):
    ax.loglog(column[0], "C0--o", column[1], "k-", linewidth=1.4)
axes[0].set(xlabel="passes", title="training loss", yticks=(0.1, 0.3, 1))
axes[1].set(xlabel="passes", title="test error", yticks=(0.08, 0.1, 0.2, 0.5))
plt.show()
