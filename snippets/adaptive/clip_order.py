"""Clipping in the wrong place: what is left of a gradient of length 5."""

import torch
from torch.nn.utils import clip_grad_norm_


def after(*actions, gradient=(3.0, 4.0), scale=65536.0):
    """Return the length of the gradient that the optimizer is given.

    A loss multiplied by scale, as in half precision, gives a gradient scaled so too.

    >>> [f"{length:.6f}" for length in lengths]
    ['1.000000', '0.000015', '5.000000']
    >>> after("unscale", "clip", gradient=(0.3, 0.4))
    0.5
    """
    w = torch.zeros(2, dtype=torch.float64)
    w.grad, given = scale * torch.tensor(gradient, dtype=torch.float64), None
    for action in actions:
        if action == "unscale":
            w.grad /= scale
        elif action == "clip":
            clip_grad_norm_([w], max_norm=1.0)
        else:
            given = w.grad.norm().item()
    return w.grad.norm().item() if given is None else given


orders = [("unscale", "clip"), ("clip", "unscale"), ("unscale", "step", "clip")]
lengths = [after(*order) for order in orders]
for order, length in zip(orders, lengths, strict=True):
    print(f"{length:.6f}", *order)
