"""MNIST with SGD: a linear softmax model, from the download to the test error."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torchvision.datasets import MNIST
from torchvision.transforms import Compose, Normalize, ToTensor

scale = Compose([ToTensor(), Normalize((0.1307,), (0.3081,))])
parts = [MNIST("data", train=t, download=True, transform=scale) for t in (True, False)]
whole = [next(iter(DataLoader(part, batch_size=len(part)))) for part in parts]
train, test = (TensorDataset(*tensors) for tensors in whole)


@torch.no_grad()
def evaluate(model, x, y):
    """Return the mean loss and the error in %, over all of a data set."""
    scores = model.eval()(x)
    wrong = (scores.argmax(1) != y).double().mean()
    return nn.functional.cross_entropy(scores, y).item(), 100 * wrong.item()


def sgd(seed, lr=0.03, epochs=5):
    """Return training loss and test error, after each epoch.

    >>> loss, miss = {10_000: (0.2721, 9.48), 60_000: (0.2692, 7.86)}.get(n, means)
    >>> abs(means[0] - loss) < 0.005, abs(means[1] - miss) < 0.4
    (True, True)
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in DataLoader(train, batch_size=64, shuffle=True):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model.train()(x), y).backward()
            optimizer.step()
        yield evaluate(model, *train.tensors)[0], evaluate(model, *test.tensors)[1]


n = len(train)
runs = torch.tensor([list(sgd(seed)) for seed in range(5)])
train_losses, test_errors = runs[:, -1].T.tolist()
first_errors, means = runs[:, 0, 1].tolist(), runs[:, -1].mean(0).tolist()
print(*(f"{loss:.4f} {error:6.2f}" for loss, error in runs[:, -1].tolist()), sep="\n")
