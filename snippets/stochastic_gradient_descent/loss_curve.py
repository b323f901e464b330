"""The loss of a mini-batch is a noisy guess of the training loss, on MNIST."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST

data = MNIST("data", train=True, download=True)
images = (data.data.reshape(-1, 784) / 255 - 0.1307) / 0.3081


def sgd(seed=0, lr=0.03, epochs=5, every=20):
    """Return the loss of each mini-batch, and now and then that of the training set.

    >>> rises[1] < 0.45 < rises[0] < 0.6, 0.22 < exact[-1] < 0.32 < 2 < losses[0]
    (True, True)
    """
    torch.manual_seed(seed)
    model = torch.nn.Linear(784, 10)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses, exact = [], []
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(64):
            if len(losses) % every == 0:
                with torch.no_grad():
                    exact.append(cross_entropy(model(images), data.targets).item())
            optimizer.zero_grad()
            loss = cross_entropy(model(images[rows]), data.targets[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses, exact


losses, exact = sgd()
rises = [float((torch.tensor(c).diff() > 0).double().mean()) for c in (losses, exact)]
mean = torch.tensor(losses).unfold(0, 50, 1).mean(1)
fig, ax = plt.subplots()
ax.plot(losses, "C0-", linewidth=0.6, alpha=0.35, label="mini-batch")
ax.plot(range(49, len(losses)), mean, "C0-", label="mean of the last 50")
ax.plot(range(0, len(losses), 20), exact, "k--", linewidth=1.2, label="training set")
ax.set(xlabel="step", ylabel="loss", ylim=(0, 1.5))
ax.legend()
plt.show()
