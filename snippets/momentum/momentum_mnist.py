"""SGD and SGD with momentum on MNIST, at equal and at unequal effective step."""

import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST


def load(train):
    """Return all images, scaled, and their labels, as two tensors."""
    data = MNIST("data", train=train, download=True)
    return (data.data.reshape(-1, 784) / 255 - 0.1307) / 0.3081, data.targets


(x, y), (x_test, y_test) = load(True), load(False)


def sgd(seed, lr, beta, epochs=5):
    """Return training loss and test error in % after the last epoch.

    >>> [abs(losses[0] - losses[i]) < 0.005 for i in (1, 2, 3)]
    [True, False, False]
    >>> abs(errors[0] - errors[1]) < 0.3, 0.28 < losses[0] < 0.33, 7 < errors[0] < 11
    (True, True, True)
    """
    torch.manual_seed(seed)
    model = torch.nn.Linear(784, 10)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=beta)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
    with torch.no_grad():
        wrong = (model(x_test).argmax(1) != y_test).double().mean()
        return cross_entropy(model(x), y).item(), 100 * wrong.item()


n, pairs = len(x), [(0.01, 0.0), (0.001, 0.9), (0.001, 0.0), (0.01, 0.9)]
runs = torch.tensor([[sgd(seed, *pair) for seed in range(3)] for pair in pairs])
losses, errors = runs.mean(1).T.tolist()
loss_sds, error_sds = runs.std(1).T.tolist()
paired = (runs[1] - runs[0]).T.tolist()
for i, (lr, beta) in enumerate(pairs):
    print(f"{lr:5.3f} {beta:3.1f} {losses[i]:.4f} ± {loss_sds[i]:.4f}", end=" ")
    print(f"{errors[i]:5.2f} ± {error_sds[i]:.2f}")
