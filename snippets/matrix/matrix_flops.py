"""What a step of Muon costs beside the gradient, counted by PyTorch."""

import torch
from torch.optim._muon import _zeropower_via_newtonschulz as newton_schulz
from torch.utils.flop_counter import FlopCounterMode


def flops(work):
    with FlopCounterMode(display=False) as counter:
        work()
    return counter.get_total_flops()


def share(rows, columns, batch):
    """Return the work of Newton-Schulz, as a share of that of a layer's gradient.

    >>> small, large = min(16, 48), max(16, 48)
    >>> muon, layer = 5 * (4 * small**2 * large + 2 * small**3), 6 * 16 * 48 * 32
    >>> abs(share(16, 48, 32) - muon / layer) < 1e-12, f"{table[-1]:.3f}"
    (True, '0.039')
    """
    with torch.device("meta"):  # shapes without numbers: nothing is computed
        weight = torch.empty(rows, columns, requires_grad=True)
        x = torch.empty(batch, columns, requires_grad=True)
        grad, how = torch.empty(rows, columns), ((3.4445, -4.775, 2.0315), 5, 1e-7)
    layer = flops(lambda: (x @ weight.T).sum().backward())
    return flops(lambda: newton_schulz(grad, *how)) / layer


layers = (128, 128, 128), (128, 784, 128), (768, 3072, 524_288), (4096, 4096, 524_288)
table = [share(*layer) for layer in layers]
for layer, ratio in zip(layers, table, strict=True):
    print("{:5d} {:5d} {:7d}".format(*layer), f"{ratio:7.3f}")
