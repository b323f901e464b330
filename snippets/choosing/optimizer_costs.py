"""What an optimizer keeps, and what its step moves, counted on the real ones."""

import torch
from torch.optim import SGD, Adam, AdamW
from torch.utils._python_dispatch import TorchDispatchMode

n = 1000  # weights; smaller tensors, such as step counters, are not counted
methods = {
    "SGD": lambda w: SGD(w, lr=0.01, foreach=False),
    "momentum": lambda w: SGD(w, lr=0.01, momentum=0.9, foreach=False),
    "NAG": lambda w: SGD(w, lr=0.01, momentum=0.9, nesterov=True, foreach=False),
    "Adam": lambda w: Adam(w, lr=0.01, foreach=False),
    "AdamW": lambda w: AdamW(w, lr=0.01, foreach=False),
}


class Traffic(TorchDispatchMode):
    """Counts the tensors of n numbers that operations read and write."""

    tensors = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        touched = [operation(*args, **(kwargs or {})), *args]
        self.tensors += sum(torch.is_tensor(t) and t.numel() == n for t in touched)
        return touched[0]


def costs(name):
    """Return the numbers kept and the numbers moved in a step, for each weight.

    >>> [(kept[name], moved[name]) for name in methods]
    [(0, 3), (1, 8), (1, 11), (2, 19), (2, 21)]
    """
    w = torch.nn.Parameter(torch.randn(n))
    optimizer = methods[name]([w])
    for _ in range(2):
        w.grad = torch.randn(n)
        with Traffic() as traffic:
            optimizer.step()
    state = [v for v in optimizer.state[w].values() if v is not None]
    return sum(v.numel() for v in state) // n, traffic.tensors


kept, moved = ({name: costs(name)[i] for name in methods} for i in (0, 1))
print(*(f"{name:9}{kept[name]:3}{moved[name]:4}" for name in methods), sep="\n")
