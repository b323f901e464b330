"""The best of all schedules: 200 rates, each of them free."""

import matplotlib.pyplot as plt
import torch

curvature = torch.logspace(-2, 0, 30, dtype=torch.float64)
line = 0.814 * (1 - torch.arange(200, dtype=torch.float64) / 200)


def loss(rates, x0=1.0, sigma=0.1):
    """Return E f after the last step, exactly.

    >>> by_hand = (1 - 0.5 * curvature) ** 2 * 4 + (0.5 * 3) ** 2
    >>> bool(abs(loss([0.5], 2, 3) - curvature @ by_hand / 2) < 1e-9)
    True
    >>> f"{least:.6f} {straight:.6f} {steady:.6f} {free[0]:.3f} {free[199]:.4f}"
    '0.018673 0.019593 0.030660 1.457 0.0474'

    >>> bool((free.diff() < 0).all()), bool(logs.grad.abs().max() < 1e-6)
    (True, True)
    """
    square = torch.full_like(curvature, x0**2)
    for lr in rates:
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    return curvature @ square / 2


def closure():
    logs.grad = None
    (value := loss(logs.exp())).backward()
    return value


logs = line.log().requires_grad_()
torch.optim.LBFGS([logs], max_iter=400, line_search_fn="strong_wolfe").step(closure)
free, even = logs.exp().detach(), torch.full_like(line, 0.266)
least, straight, steady = (loss(rates).item() for rates in (free, line, even))
fig, ax = plt.subplots()
for rates in (free, line, even):
    ax.plot(rates, color="C0")
ax.text(16, 1.2, "the best of all")
ax.text(90, 0.5, "the best line")
ax.text(5, 0.3, "the best constant rate")
ax.set(xlabel="step", ylabel=r"$\alpha_t$", ylim=(0, 1.55))
plt.show()
