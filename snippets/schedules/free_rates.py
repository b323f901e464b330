"""The best of all schedules: 200 rates, each of them free."""

import matplotlib.pyplot as plt
import torch

curvature = torch.logspace(-2, 0, 30, dtype=torch.float64)
line = 0.814 * (1 - torch.arange(200, dtype=torch.float64) / 200)
starts = torch.stack([line, torch.full_like(line, 0.266), line.flip(0)], dim=1)


def loss(rates, x0=1.0, sigma=0.1):
    """Return E f after the last step, exactly: one for each column of rates.

    >>> by_hand = (1 - 0.5 * curvature) ** 2 * 4 + (0.5 * 3) ** 2
    >>> bool(abs(loss(torch.tensor([[0.5]]), 2, 3) - curvature @ by_hand / 2) < 1e-9)
    True
    >>> f"{bound:.5f} {least:.6f} {straight:.6f} {steady:.6f} {free[199]:.4f}"
    '0.01440 0.018673 0.019593 0.030660 0.0474'
    >>> bool((free.diff() < 0).all()), {f"{end:.6f}" for end in loss(found)}
    (True, {'0.018673'})
    """
    square = torch.full((rates.shape[1], 30), x0**2, dtype=torch.float64)
    for lr in rates[:, :, None]:
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    return square @ curvature / 2


def closure():
    logs.grad = None
    (value := loss(logs.exp()).sum()).backward()
    return value


logs = starts.log().requires_grad_()
torch.optim.LBFGS([logs], max_iter=400, line_search_fn="strong_wolfe").step(closure)
free = (found := logs.exp().detach())[:, 0]
least, straight, steady = loss(torch.column_stack([free, starts[:, :2]])).tolist()
bound = float(curvature @ (1 + 200 * curvature**2 / 0.01).reciprocal() / 2)
fig, ax = plt.subplots()
ax.plot(torch.column_stack([free, starts[:, :2]]), color="C0")
ax.text(16, 1.2, "the best of all")
ax.text(90, 0.5, "the best line")
ax.text(5, 0.3, "the best constant rate")
ax.set(xlabel="step", ylabel=r"$\alpha_t$", ylim=(0, 1.55))
plt.show()
