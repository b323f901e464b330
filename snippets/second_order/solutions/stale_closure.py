"""A closure that hands out a loss computed outside: nothing moves, nobody complains."""

import torch


def minimize(inside):
    """Return the point, and how often the closure was asked.

    >>> all(abs(w - 1) < 1e-3 for w in moved[0]), moved[1], still == (start, 16)
    (True, 43, True)
    >>> loss([3.0, 7.0])
    404.0
    """
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], line_search_fn="strong_wolfe", max_iter=100)
    value, asked = loss(w), 0
    value.backward()

    def closure():
        nonlocal asked
        asked += 1
        if not inside:
            return value
        optimizer.zero_grad()
        fresh = loss(w)
        fresh.backward()
        return fresh

    optimizer.step(closure)
    return w.tolist(), asked


def loss(w):
    return 100 * (w[1] - w[0] ** 2) ** 2 + (1 - w[0]) ** 2


start = [-1.2, 1.0]
moved, still = minimize(True), minimize(False)
for point, asked in (moved, still):
    print(*(f"{w:6.3f}" for w in point), asked)
