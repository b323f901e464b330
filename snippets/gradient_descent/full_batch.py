"""Full-batch gradient descent on MNIST, at the edge and beyond it."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy, pad
from torchvision import datasets

mnist = datasets.MNIST("data", train=True, download=True)
digits, labels = len(mnist), mnist.targets
pixels = mnist.data.reshape(-1, 784) / 255
x = pad((pixels - 0.1307) / 0.3081, (0, 1), value=1)  # a last input 1, for the bias
curvature = torch.linalg.eigvalsh(x.T @ x / digits)[-1].item() / 10
edge = 2 / curvature


def gradient_descent(lr, steps=40):
    """Return the loss on all digits before each step and after the last.

    All-zero weights know nothing, so the first loss is log 10. Up to the edge no step
    raises the loss; at two and four times the edge some do.

    >>> [round(r[0], 5) for r in runs.values()], rises[:3], rises[3] in (11, 12)
    ([2.30259, 2.30259, 2.30259, 2.30259], [0, 0, 5], True)
    >>> found, usual = [curvature, *ends], [25.15, 0.49, 0.406, 0.346, 0.331]
    >>> all(abs(value / u - 1) < 0.09 for value, u in zip(found, usual))
    True
    """
    w, losses = torch.zeros(785, 10, requires_grad=True), []
    for _ in range(steps + 1):
        loss = cross_entropy(x @ w, labels)
        losses.append(loss.item())
        (grad,) = torch.autograd.grad(loss, w)
        w = (w - lr * grad).detach().requires_grad_()
    return losses


runs = {times: gradient_descent(times * edge) for times in (0.5, 1, 2, 4)}
rises = [sum(r[i + 1] > r[i] for i in range(40)) for r in runs.values()]
ends = [losses[-1] for losses in runs.values()]
fig, ax = plt.subplots(figsize=(4.8, 3.8))
for (times, losses), y in zip(runs.items(), (1, 1, 1.03, 0.94), strict=True):
    ax.semilogy(losses)
    ax.text(40.5, losses[-1] * y, rf"${times} \times 2/\lambda$", va="center")
ax.set(xlabel="step", ylabel="loss", xlim=(-1, 53))
plt.show()
