"""L-BFGS written out, beside torch.optim.LBFGS."""

import torch


def direction(grad, pairs):
    """Return minus the gradient, times the inverse Hessian that the pairs describe.

    >>> s, y = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 1.0])
    >>> direction(y, [(y, y), (s, y)]).tolist(), direction(y, []).tolist()
    ([-1.0, -2.0], [-3.0, -1.0])
    """
    d, shares = -grad, []
    for s, y in reversed(pairs):
        shares.append((d @ s) / (y @ s))
        d = d - shares[-1] * y
    if pairs:
        d = d * (pairs[-1][1] @ pairs[-1][0]) / (pairs[-1][1] @ pairs[-1][1])
    for s, y in pairs:
        d = d + (shares.pop() - (d @ y) / (y @ s)) * s
    return d


def gap(memory, steps=8, lr=0.5):
    """Return how far torch is away after some steps, both without a line search.

    >>> [gap < 1e-12 for gap in gaps], f"{float(gradient(start).norm()):.3f}"
    ([True, True, True], '13.630')
    """
    w, x, pairs, grad = start.clone(), start, [], gradient(start)
    options = {"max_iter": steps, "history_size": memory, "tolerance_change": 0}
    optimizer = torch.optim.LBFGS([w], lr=lr, **options)
    optimizer.step(lambda: setattr(w, "grad", gradient(w)) or torch.zeros(()))
    for k in range(steps):
        rate = lr if k else lr * min(1.0, 1 / float(grad.abs().sum()))
        step, old = rate * direction(grad, pairs[-memory:]), grad
        x, grad = x + step, gradient(x + step)
        pairs.append((step, grad - old))
    return float((x - w).abs().max())


gradient, start = torch.sinh, torch.linspace(-2, 3, 12).double()
gaps = [gap(memory) for memory in (1, 4, 99)]
print(*(f"{gap:.0e}" for gap in gaps))
