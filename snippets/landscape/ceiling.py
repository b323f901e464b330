"""Sharpness climbs to 2 / lr, with momentum to (2 + 2 beta) / lr, and stays there."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import avg_pool2d, mse_loss, one_hot
from torchvision.datasets import MNIST

mnist = MNIST("data", train=True, download=True)
x = avg_pool2d(mnist.data[:1000] / 255, 2).flatten(1) / 0.3081
x, target = x - x.mean(dim=0), one_hot(mnist.targets[:1000], 10).float()


def train(beta, lr=0.4):
    """Return by step the loss, and the sharpness as it was last found.

    >>> crossed, f"{runs[1][1][20]:.3f}", [0.97 < m < 1.06 for m in level]
    ([130, 150], '2.289', [True, True])
    >>> [sum(b > a for a, b in zip(r[0], r[0][1:])) > 20 > 99 * r[0][600] for r in runs]
    [True, True]
    """
    torch.manual_seed(0)
    w = torch.cat([torch.randn(6272) / 28, torch.randn(1344) / 128**0.5])
    move, v, path = 0, torch.randn(7616), []
    for step in range(601):
        w = w.detach().requires_grad_()
        hidden = torch.tanh(x @ w[:6272].view(196, 32)) @ w[6272:7296].view(32, 32)
        loss = 5 * mse_loss(torch.tanh(hidden) @ w[7296:].view(32, 10), target)
        (grad,) = torch.autograd.grad(loss, w, create_graph=step % 10 == 0)
        for _ in range(0 if step % 10 else 6 if step else 30):  # power iteration
            (v,) = torch.autograd.grad(grad, w, v / v.norm(), retain_graph=True)
        path.append((loss.item(), v.norm().item()))
        w = w + (move := beta * move - lr * grad.detach())
    return list(zip(*path, strict=True))


runs, tops = [train(0), train(0.5)], [2 / 0.4, 3 / 0.4]
crossed = [[s > tops[i] for s in runs[i][1]].index(True) for i in (0, 1)]
level = [sum(runs[i][1][-200:]) / 200 / tops[i] for i in (0, 1)]
fig, axes = plt.subplots(2, figsize=(4.8, 5.4), sharex=True)
axes[0].plot([*zip(runs[0][1], runs[1][1], strict=True)])
axes[0].hlines(tops, 0, 600, color="0.5", linestyle=":")
axes[1].plot([*zip(runs[0][0], runs[1][0], strict=True)])
axes[0].set_ylabel("sharpness")
axes[1].set(xlabel="step", ylabel="loss", ylim=(0, 0.3))
plt.show()
