"""Learning-rate range test: raise the rate at each step until the loss rises."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy, pad
from torchvision import datasets

mnist = datasets.MNIST("data", train=True, download=True)
digits, labels = len(mnist), mnist.targets
x = (mnist.data.reshape(-1, 784) / 255 - 0.1307) / 0.3081
x = pad(x, (0, 1), value=1)
edge = 20 / torch.linalg.eigvalsh(x.T @ x / digits)[-1].item()
lrs = [1e-3 * 1.06**step for step in range(120)]


def range_test(lrs):
    """Return the loss on all digits before a step with each of the learning rates.

    It still falls at 2 / lambda, and turns only at several times that rate.

    >>> abs(turn / edge - 3.95) < 0.25, abs(edge - 0.0795) < 0.001, f"{lrs[119]:.3f}"
    (True, True, '1.027')
    >>> [round(loss, 5) for loss in range_test([])], round(losses[0], 5)
    ([], 2.30259)
    """
    w, losses = torch.zeros(785, 10, requires_grad=True), []
    for lr in lrs:
        loss = cross_entropy(x @ w, labels)
        losses.append(loss.item())
        (grad,) = torch.autograd.grad(loss, w)
        w = (w - lr * grad).detach().requires_grad_()
    return losses


losses = range_test(lrs)
first_rise = next(i for i in range(119) if losses[i + 1] > losses[i])
turn = lrs[first_rise]
fig, ax = plt.subplots()
ax.loglog(lrs, losses)
ax.axvline(edge, color="0.5", linestyle="--")
ax.set(xlabel="learning rate", ylabel="loss")
plt.show()
