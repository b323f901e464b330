"""Learning-rate range test: raise the rate at each step until the loss rises."""

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy, pad
from torchvision import datasets

mnist = datasets.MNIST("data", train=True, download=True)
digits, labels = len(mnist), mnist.targets
x = pad((mnist.data.reshape(-1, 784) / 255 - 0.1307) / 0.3081, (0, 1), value=1)
edge = 20 / torch.linalg.eigvalsh(x.T @ x / digits)[-1].item()
lrs = [1e-3 * 1.06**step for step in range(120)]


def range_test(lrs, batch=None):
    """Return the loss before a step with each of the rates, on all digits or a batch.

    >>> abs(turn / edge - 3.95) < 0.25, abs(edge - 0.0795) < 0.001, f"{lrs[119]:.3f}"
    (True, True, '1.027')
    >>> 0.7 < turns[0] / edge < turns[8] / edge < 2.5, round(losses[0], 5)
    (True, 2.30259)
    """
    w, losses, rows = torch.zeros(785, 10, requires_grad=True), [], slice(None)
    for lr in lrs:
        rows = torch.randint(digits, (batch,)) if batch else rows
        loss = cross_entropy(x[rows] @ w, labels[rows])
        losses.append(loss.item())
        (grad,) = torch.autograd.grad(loss, w)
        w = (w - lr * grad).detach().requires_grad_()
    return losses


torch.manual_seed(0)
losses, noisy = range_test(lrs), torch.tensor([range_test(lrs, 64) for _ in range(9)])
turn = lrs[next(k for k in range(119) if losses[k + 1] > losses[k])]
smooth = noisy.unfold(1, 9, 1).mean(dim=2)  # nine losses at a time
turns = sorted(lrs[4 + k] for k in smooth.argmin(dim=1).tolist())
fig, ax = plt.subplots()
ax.loglog(lrs, noisy[0], color="C0", alpha=0.25, linestyle="-")
ax.loglog(lrs[4:-4], smooth[0], color="C0", linestyle=":")
ax.loglog(lrs, losses, color="C0", linestyle="-")
ax.axvline(edge, color="0.5", linestyle="--")
ax.text(edge * 0.92, 5, r"$2/\lambda$", ha="right")
ax.set(xlabel="learning rate", ylabel="loss", ylim=(0.25, 8))
plt.show()
