"""Weights under pure noise: AdamW gives them one size, L2 in Adam many."""

import matplotlib.pyplot as plt
import torch


def sizes(kind, scale, lr=0.01, decay=0.1, steps=4000, n=1000):
    """Return the root mean square of n weights after each step, from zero.

    >>> [abs(end / limit - 1) < 0.08 for end in ends["AdamW"]]
    [True, True, True]
    >>> [f"{end:.1f}" for end in ends["Adam"]]
    ['0.0', '0.2', '0.6']
    >>> abs(sizes("AdamW", 1.0, 0.02, 0.05)[-1] / 0.2**0.5 - 1) < 0.08
    True
    >>> abs(sizes("AdamW", 1.0, n=8000)[-1] / limit - 1) < 0.03
    True
    """
    torch.manual_seed(0)
    w, found = torch.zeros(n, dtype=torch.float64), []
    optimizer = getattr(torch.optim, kind)([w], lr=lr, weight_decay=decay)
    for _ in range(steps):
        w.grad = scale * torch.randn(n, dtype=torch.float64)
        optimizer.step()
        found.append(float(w.square().mean().sqrt()))
    return found


limit, scales = (0.01 / (2 * 0.1)) ** 0.5, (0.01, 1.0, 100.0)
runs = {kind: [sizes(kind, scale) for scale in scales] for kind in ("Adam", "AdamW")}
ends = {kind: [run[-1] for run in three] for kind, three in runs.items()}
fig, ax = plt.subplots()
for kind, colour in (("Adam", "C3"), ("AdamW", "C4")):
    for run in runs[kind]:
        ax.semilogy(range(0, 4000, 20), run[::20], color=colour)
ax.axhline(limit, color="0.5", linewidth=0.8)
ax.text(2600, 0.27, "AdamW, all three", color="C4")
for scale, y in zip(scales, (0.027, 0.13, 0.75), strict=True):
    ax.text(2600, y, rf"${scale:g}$", color="C3")
ax.text(3100, 0.75, "Adam", color="C3")
ax.set(xlabel="step", ylabel="size of the weights")
plt.show()
