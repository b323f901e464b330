"""The ceiling of Nesterov's momentum, on a parabola and on a network."""

import numpy as np
import torch
from torch.nn.functional import avg_pool2d, mse_loss, one_hot
from torchvision.datasets import MNIST

mnist = MNIST("data", train=True, download=True)
x = avg_pool2d(mnist.data[:1000] / 255, 2).flatten(1) / 0.3081
x, target = x - x.mean(dim=0), one_hot(mnist.targets[:1000], 10).float()


def radius(step, beta=0.5):
    """Return the factor per step on a parabola; step is lr times curvature.

    >>> f"{radius(1.5):.6f}", bool(radius(1.499) < 1 < radius(1.501))
    ('1.000000', True)
    >>> abs(level - 1.0225) < 0.01
    True
    """
    ahead = 1 - step
    return max(abs(np.roots([1, -(1 + beta) * ahead, beta * ahead])))


def train(beta=0.5, lr=0.4):
    torch.manual_seed(0)
    w = torch.cat([torch.randn(6272) / 28, torch.randn(1344) / 128**0.5])
    move, v, found = 0, torch.randn(7616), []
    for step in range(601):
        ahead = (w + beta * move).detach().requires_grad_()
        hidden = torch.tanh(x @ ahead[:6272].view(196, 32))
        hidden = torch.tanh(hidden @ ahead[6272:7296].view(32, 32))
        loss = 5 * mse_loss(hidden @ ahead[7296:].view(32, 10), target)
        (grad,) = torch.autograd.grad(loss, ahead, create_graph=step % 10 == 0)
        for _ in range(0 if step % 10 else 6 if step else 30):  # power iteration
            (v,) = torch.autograd.grad(grad, ahead, v / v.norm(), retain_graph=True)
        found.append(v.norm().item())
        move = beta * move - lr * grad.detach()
        w = w + move
    return found


level = sum(train()[-200:]) / 200 / (1.5 / 0.4)
print(f"{level:.3f}")
