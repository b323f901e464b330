"""What an optimizer keeps for a matrix of weights, in bytes counted from its state."""

import torch

names = ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW", "AMSGrad", "Adafactor"]


def kept(name, shape=(1024, 4096)):
    """Return the bytes of all tensors in the state after one step.

    >>> [kept(name) for name in names]
    [0, 16777220, 16777220, 33554436, 33554436, 50331652, 20484]
    >>> kept("AdamW", (10, 20)) - 4 == 8 * 10 * 20, kept("Adafactor", (10, 20))
    (True, 124)
    """
    w = torch.zeros(shape, requires_grad=True)
    kind = torch.optim.Adam if name == "AMSGrad" else getattr(torch.optim, name)
    options = {"amsgrad": True} if name == "AMSGrad" else {}
    optimizer = kind([w], lr=0.01, **options)
    w.grad = torch.ones(shape)
    optimizer.step()
    state = optimizer.state[w].values()
    return sum(v.numel() * v.element_size() for v in state if torch.is_tensor(v))


counted = {name: kept(name) for name in names}
for name, count in counted.items():
    print(f"{name:10}{count:12,d}{count / 1024 / 4096:8.3f}")
