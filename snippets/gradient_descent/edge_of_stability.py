"""The sharpness of a small network rises to 2 / lr, and hovers there."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import mse_loss, one_hot
from torchvision import datasets

mnist = datasets.MNIST("data", train=True, download=True)
x = mnist.data[::10].reshape(-1, 784) / 255
x, target = x - x.mean(dim=0), one_hot(mnist.targets[::10], 10).float()


def train(lr, steps=400):
    """Return after which steps the loss rose, and the sharpness that was last found.

    >>> [r[0][0] >= c for c, r in zip(crossed, runs.values())], 1.8 < sum(levels) < 2.2
    ([True, True], True)
    """
    torch.manual_seed(0)
    w = torch.cat([torch.rand(78400) / 14 - 1 / 28, torch.rand(1000) / 5 - 1 / 10])
    v, losses, curvatures = torch.randn(79400), [], []
    for step in range(steps + 1):
        w = w.detach().requires_grad_()
        hidden = torch.tanh(x @ w[:78400].reshape(784, 100))
        loss = mse_loss(hidden @ w[78400:].reshape(100, 10), target)
        (grad,) = torch.autograd.grad(loss, w, create_graph=step % 10 == 0)
        for _ in range(0 if step % 10 else 4 if step else 30):  # power iteration
            (hv,) = torch.autograd.grad(grad, w, v, retain_graph=True)
            v = hv / hv.norm()
        curvatures.append(hv.norm().item())
        losses.append(loss.item())
        w = w - lr * grad
    return [k for k in range(steps) if losses[k + 1] > losses[k]], curvatures


runs = {lr: train(lr) for lr in (2, 3)}
crossed = [next(k for k in range(400) if s[k] > 2 / lr) for lr, (_, s) in runs.items()]
levels = [sum(s[-100:]) * lr / 200 for lr, (_, s) in runs.items()]
fig, ax = plt.subplots()
for lr, (_, curvatures) in runs.items():
    ax.plot(range(0, 401, 10), curvatures[::10])
    ax.hlines(2 / lr, 0, 400, color="0.5", linestyle=":")
    ax.text(405, 2 / lr, rf"$2/\alpha = 2/{lr}$", va="center")
ax.set(xlabel="step", ylabel="sharpness", xlim=(-10, 510), ylim=(0, 1.4))
plt.show()
