"""Is noise or curvature the limit? Double the batch, and see whether it saves steps."""

import matplotlib.pyplot as plt
import torch
from torchvision.datasets import MNIST

sizes = [4 * 2**k for k in range(9)]


def steps_needed(batch, seed, target=0.4, most=10_000):
    """Return the least steps, over the learning rates, to a loss on other images.

    >>> one, by = steps_needed(64, 0, 2.0), [a / b for a, b in zip(steps, steps[1:])]
    >>> one, 8 < steps[0] / steps[4] < 16, steps[5] / steps[8] < 3, by[0] > 1.5 > by[7]
    (1, True, True, True)
    >>> steps_needed(64, 0, most=5)
    Traceback (most recent call last):
    ValueError: the target is not reached within 5 steps
    """
    torch.manual_seed(seed)
    w, check = torch.zeros(785, 10 * len(rates)), 1
    for step in range(1, most + 1):
        rows = torch.randint(kept, (batch,))
        p = (x[rows] @ w).view(batch, -1, 10).softmax(2)
        g = x[rows].T @ (p - labels[rows, None]).flatten(1) / batch
        w -= rates.repeat_interleave(10) * g
        if step >= check:
            check = step * 1.05
            p = (x[kept:] @ w).view(len(x) - kept, -1, 10).log_softmax(2)
            if -(p * labels[kept:, None]).sum(2).mean(0).max() < target:
                return step
    raise ValueError(f"the target is not reached within {most} steps")


data = MNIST("data", train=True, download=True)
x = (data.data.reshape(-1, 784) / 255 - 0.1307) / 0.3081
x, labels = torch.cat([x, torch.ones(len(x), 1)], 1), torch.eye(10)[data.targets]
kept, rates = len(x) - 1000, 10 ** torch.linspace(-2.5, 0, 11)
steps = [sum(steps_needed(batch, seed) for seed in range(2)) / 2 for batch in sizes]
fig, ax = plt.subplots()
ax.loglog(sizes, steps, "C0o-")
ax.loglog(sizes, [steps[0] * sizes[0] / batch for batch in sizes], "0.5", linestyle=":")
ax.text(30, 45, "half the steps", ha="right", color="0.5")
ax.set(xlabel="batch size", ylabel="steps needed")
plt.show()
