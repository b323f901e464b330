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
    >>> 0.95 < level < 1.1
    True
    """
    ahead = 1 - step
    return max(abs(np.roots([1, -(1 + beta) * ahead, beta * ahead])))


def curvature(w, v, rounds=6):
    w = w.detach().requires_grad_()
    hidden = torch.tanh(x @ w[:6272].view(196, 32)) @ w[6272:7296].view(32, 32)
    loss = 5 * mse_loss(torch.tanh(hidden) @ w[7296:].view(32, 10), target)
    (grad,) = torch.autograd.grad(loss, w, create_graph=rounds > 0)
    for _ in range(rounds):
        (v,) = torch.autograd.grad(grad, w, v / v.norm(), retain_graph=True)
    return grad.detach(), v


torch.manual_seed(0)
w = torch.cat([torch.randn(6272) / 28, torch.randn(1344) / 128**0.5])
velocity, v, found = 0, torch.randn(7616), []
for step in range(601):
    velocity = 0.5 * velocity - 0.4 * curvature(w + 0.5 * velocity, v, 0)[0]
    w = w + velocity
    if step % 10 == 0:
        v = curvature(w, v)[1]
        found.append(v.norm().item() / (1.5 / 0.4))
level = sum(found[-20:]) / 20
print(f"{level:.3f}")
