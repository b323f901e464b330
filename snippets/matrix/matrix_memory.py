"""What optimizers of matrices keep, in bytes, counted on the tensors that they keep."""

import torch
from torch.optim import SGD, Adafactor, AdamW, Muon


def size(tensors):
    return sum(t.nbytes for t in tensors if torch.is_tensor(t) and t.dim())


def kept(make, shape):
    """Return the bytes that an optimizer of torch keeps for a matrix after a step.

    >>> [bytes_of[k] / 2**16 for k in ("SGD", "Muon", "Lion", "AdamW")]
    [0.0, 1.0, 1.0, 2.0]
    >>> [bytes_of[k] / 2**16 for k in ("Shampoo", "SOAP")], bytes_of["Adafactor"]
    ([4.25, 10.5], 1280)
    """
    w = torch.zeros(shape)
    optimizer = make([w], lr=0.01)
    w.grad = torch.ones(shape)
    optimizer.step()
    return size(optimizer.state[w].values())


def by_hand(name, rows, columns):
    """Return the bytes of what the programs of this page keep, in single precision.

    >>> [by_hand("SOAP", 1, n) / (4 * n) for n in (1, 4)]
    [6.0, 10.5]
    """
    like = torch.empty(rows, columns)
    pair = [torch.empty(n, n) for n in (rows, columns)]
    parts = {"Lion": [like], "Shampoo": pair, "SOAP": 2 * [like] + 2 * pair}
    return size(parts[name])


shape, plain = (64, 256), {"SGD": SGD, "AdamW": AdamW, "Muon": Muon}
bytes_of = {name: kept(make, shape) for name, make in plain.items()}
bytes_of |= {"Adafactor": kept(Adafactor, shape)}
bytes_of |= {name: by_hand(name, *shape) for name in ("Lion", "Shampoo", "SOAP")}
for name, number in bytes_of.items():
    print(f"{name:9} {number:12,d} {number / 2**16:7.3f}")
