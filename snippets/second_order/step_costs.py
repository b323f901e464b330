"""What a product with the Hessian costs, in gradients; and what L-BFGS keeps."""

import torch
from torch.utils.flop_counter import FlopCounterMode

x, first, second = torch.ones(256, 64), torch.ones(64, 64), torch.ones(64, 10)


def gradients(keep=False):
    weights = [w.clone().requires_grad_() for w in (first, second)]
    loss = (torch.tanh(x @ weights[0]) @ weights[1]).square().mean()
    return weights, torch.autograd.grad(loss, weights, create_graph=keep)


def product():
    weights, grads = gradients(keep=True)
    torch.autograd.grad(sum(grad.sum() for grad in grads), weights)


def flops(function):
    """Return the operations of the matrix products in a call.

    >>> flops(gradients) == 2 * 256 * (2 * 64 * 64 + 3 * 64 * 10)
    True
    >>> f"{ratio:.3f}", kept
    ('2.190', [20.0, 6.0])
    """
    with FlopCounterMode(display=False) as counter:
        function()
    return counter.get_total_flops()


def vectors(memory):
    """Return how many vectors, each as long as the weights, L-BFGS keeps as pairs."""
    w = torch.linspace(1, 3, 50)
    options = {"history_size": memory, "tolerance_change": 0, "tolerance_grad": 0}
    optimizer = torch.optim.LBFGS([w], lr=0.1, **options)
    optimizer.step(lambda: setattr(w, "grad", w.sinh()) or torch.zeros(()))
    state = optimizer.state[w]
    return sum(t.numel() for t in state["old_dirs"] + state["old_stps"]) / 50


ratio, kept = flops(product) / flops(gradients), [vectors(10), vectors(3)]
print(f"{ratio:.2f}", *(f"{k:.0f}" for k in kept))
