"""What an optimizer keeps, and what its step moves, counted on the real ones."""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

n = 1000  # weights; smaller tensors, such as step counters, are not counted
methods = {
    "SGD": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "NAG": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "Adam": (torch.optim.Adam, {}),
    "AdamW": (torch.optim.AdamW, {}),
}


class Traffic(TorchDispatchMode):
    """Counts the tensors of n numbers that operations read and write."""

    tensors = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        written, read = operation(*args, **(kwargs or {})), {id(a): a for a in args}
        touched = [written, *read.values()]
        self.tensors += sum(torch.is_tensor(t) and t.numel() == n for t in touched)
        return written


def costs(name):
    """Return, for each weight, the numbers kept, moved in a step, and moved if fused.

    >>> [(kept[name], moved[name], fused[name]) for name in methods]
    [(0, 3, 3), (1, 8, 5), (1, 11, 5), (2, 18, 7), (2, 20, 7)]
    """
    w, (make, options) = torch.nn.Parameter(torch.ones(n)), methods[name]
    optimizer = make([w], lr=0.01, foreach=False, **options)
    for _ in range(2):
        w.grad = torch.ones(n)
        with Traffic() as traffic:
            optimizer.step()
    kept = sum(v.numel() for v in optimizer.state[w].values() if v is not None) // n
    return kept, traffic.tensors, 3 + 2 * kept


kept, moved, fused = ({name: costs(name)[i] for name in methods} for i in range(3))
print(*(f"{k:9}{kept[k]:3}{moved[k]:4}{fused[k]:4}" for k in methods), sep="\n")
