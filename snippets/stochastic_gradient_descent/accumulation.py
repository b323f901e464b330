"""Memory follows the micro-batch: the same gradient, from pieces of any size."""

import torch
from torch.nn import Linear, ReLU, Sequential
from torch.nn.functional import cross_entropy

torch.manual_seed(0)
model = Sequential(Linear(784, 100), ReLU(), Linear(100, 10)).double()
x, y = torch.randn(4096, 784).double(), torch.randint(10, (4096,))
own = {p.data_ptr() for p in model.parameters()}


def accumulate(micro):
    """Return the gradient over all rows, and the most bytes kept for one backward.

    >>> all(gap < 1e-12 for gap in gaps)
    True
    >>> abs(megabytes[0] / megabytes[1] - 8) < 1e-3, f"{megabytes[0]:.1f}"
    (True, '29.3')
    """
    kept, most = {}, 0

    def keep(tensor):
        if tensor.data_ptr() not in own:
            kept[tensor.data_ptr()] = tensor.numel() * tensor.element_size()
        return tensor

    model.zero_grad()
    for rows in torch.arange(len(x)).split(micro):
        kept.clear()
        with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
            loss = cross_entropy(model(x[rows]), y[rows], reduction="sum") / len(x)
        most = max(most, sum(kept.values()))
        loss.backward()
    return torch.cat([p.grad.flatten() for p in model.parameters()]), most


micros = [4096, 512, 64, 1]
results = [accumulate(micro) for micro in micros]
megabytes = [most / 1e6 for _, most in results]
gaps = [float((grad - results[0][0]).norm()) for grad, _ in results]
for micro, size, gap in zip(micros, megabytes, gaps, strict=True):
    print(f"{micro:5d} {size:10.4f} MB  {gap < 1e-12}")
