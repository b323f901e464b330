"""Three ways to feed the same digits: curvatures, and what 40 steps reach."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy, pad
from torchvision import datasets

mnist = datasets.MNIST("data", train=True, download=True)
digits, labels = len(mnist), mnist.targets
x = mnist.data.reshape(-1, 784) / 255
pixel_mean, pixel_sd = x.mean().item(), x.std().item()
scaled = (x, (x - 0.1307) / 0.3081, x - x.mean(dim=0))
inputs = [pad(x, (0, 1), value=1) for x in scaled]  # a last input 1, for the bias


def train(x, lr, steps=40):
    """Return the loss after full-batch steps from zero weights.

    Normalized pixels have about 6.4 times the curvature of raw ones, and get further.

    >>> usual = [3.92, 25.2, 0.525, 228, 135, 29.9, 0.591, 0.492, 0.349, 0.131, 0.308]
    >>> found = [*tops, *ratios, *ends, pixel_mean, pixel_sd]
    >>> all(abs(value / u - 1) < 0.05 for value, u in zip(found, usual))
    True
    """
    w = torch.zeros(785, 10, requires_grad=True)
    for _ in range(steps):
        (grad,) = torch.autograd.grad(cross_entropy(x @ w, labels), w)
        w = (w - lr * grad).detach().requires_grad_()
    return cross_entropy(x @ w, labels).item()


# eigenvalues of the Hessian at zero weights
spectra = [torch.linalg.eigvalsh(x.T @ x / digits).flip(0) / 10 for x in inputs]
tops = [spectrum[0].item() for spectrum in spectra]
ratios = [(spectrum[0] / spectrum[49]).item() for spectrum in spectra]
ends = [train(x, 1 / top) for x, top in zip(inputs, tops, strict=True)]
fig, ax = plt.subplots()
for spectrum in spectra:
    ax.loglog(range(1, 301), spectrum[:300] / spectrum[0])
ax.text(330, 1.9e-4, "raw pixels", va="center")
ax.text(330, 4e-4, "normalized", va="center")
ax.text(40, 0.08, "centred per pixel")
ax.set(xlabel="rank", ylabel="curvature / largest curvature", xlim=(0.8, 3500))
plt.show()
