"""The Hessian times a vector: exact, and by differences of two gradients."""

import matplotlib.pyplot as plt
import numpy as np
import torch

torch.manual_seed(0)
x, target = torch.randn(50, 10).double(), torch.randn(50, 5).double()
weights, v = 0.2 * torch.randn(300).double(), torch.randn(300).double()


def loss(w):
    hidden = torch.tanh(x.to(w) @ w[:200].view(10, 20))
    return ((hidden @ w[200:].view(20, 5) - target.to(w)) ** 2).mean()


def exact(w, v):
    """Return the gradient of the product of gradient and vector.

    >>> hessian = torch.autograd.functional.hessian(loss, weights)
    >>> bool((hessian @ v - product).norm() < 1e-12 * product.norm())
    True
    """
    w = w.clone().requires_grad_()
    (grad,) = torch.autograd.grad(loss(w), w, create_graph=True)
    return torch.autograd.grad(grad @ v, w)[0]


def error(w, h):
    """Return the relative error of the central difference of two gradients.

    >>> f"{double[2]:.1e} {double[4]:.1e} {min(single):.0e}", single[8] > 0.5
    ('2.2e-03 2.2e-07 3e-05', True)
    """
    up, down = (w + h * v).to(w).requires_grad_(), (w - h * v).to(w).requires_grad_()
    loss(up).backward(), loss(down).backward()
    return float(((up.grad - down.grad) / (2 * h) - product).norm() / product.norm())


product, hs = exact(weights, v), 10.0 ** -np.arange(10)
double, single = ([error(w, h) for h in hs] for w in (weights, weights.float()))
fig, ax = plt.subplots()
ax.loglog(hs, double, "k-o", hs, single, "k--s", linewidth=1.4)
ax.set(xlabel="$h$", ylabel="relative error", yticks=10.0 ** np.arange(-10, 1, 2))
plt.show()
