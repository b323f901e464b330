"""Without zero_grad: every old gradient is added again, and nothing settles."""

import torch


def descend(clear, lr=0.1, steps=1000):
    """Return the iterates of gradient descent on x**2 / 2 from 1, by torch.

    >>> path = descend(clear=True)
    >>> max(abs(x - 0.9**k) for k, x in enumerate(path)) < 1e-9, len(path)
    (True, 1001)

    >>> path = descend(clear=False)
    >>> [round(x, 9) for x in path[:4]], f"{last:.3f}"
    ([1.0, 0.9, 0.71, 0.449], '1.013')
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
