"""Without zero_grad: every old gradient is added again, and nothing settles."""

import torch


def descend(clear, lr=0.1, steps=1000):
    """Return the iterates of gradient descent on x**2 / 2 from 1, by torch.

    >>> path = descend(clear=True)
    >>> abs(path[-1]) < 1e-9
    True

    >>> path = descend(clear=False)
    >>> 0.95 < max(abs(x) for x in path[-100:]) < 1.05
    True
    """
    x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=lr)
    path = [x.item()]
    for _ in range(steps):
        if clear:
            optimizer.zero_grad()
        (x**2 / 2).backward()
        optimizer.step()
        path.append(x.item())
    return path


last = max(abs(x) for x in descend(clear=False)[-100:])
print(f"{last:.3f}")
