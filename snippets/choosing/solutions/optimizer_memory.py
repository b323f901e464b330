"""The memory of weights, gradients, and optimizer state, in gigabytes."""

import torch


def gigabytes(weights, kept, bytes_each=4):
    """Return what weights, their gradients, and the kept numbers take.

    >>> [round(gigabytes(7e9, kept), 3) for kept in (0, 1, 2)]
    [56.0, 84.0, 112.0]
    """
    return weights * (1 + 1 + kept) * bytes_each / 1e9


def state_bytes(optimizer):
    """Return the bytes of the state that an optimizer really holds.

    >>> held == 2 * 4 * 7850 + 4 * 2
    True
    """
    states = (v for state in optimizer.state.values() for v in state.values())
    return sum(v.numel() * v.element_size() for v in states if torch.is_tensor(v))


model = torch.nn.Linear(784, 10)
adam = torch.optim.Adam(model.parameters())
model(torch.zeros(1, 784)).sum().backward()
adam.step()
total, held = gigabytes(7e9, 2), state_bytes(adam)
print(held, total)
