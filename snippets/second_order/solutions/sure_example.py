"""On one example of which the model is sure, the empirical Fisher is far too small."""

import torch


def ratio(p):
    """Return the empirical Fisher matrix over the Fisher matrix, for two classes.

    >>> [abs(ratio(p) - (1 - p) / p) < 1e-9 for p in (0.1, 0.5, 0.9, 0.99)]
    [True, True, True, True]
    """
    z = torch.tensor(p / (1 - p), dtype=torch.float64).log().requires_grad_()
    losses = (-z).exp().log1p(), z.exp().log1p()  # of the right class, of the wrong one
    right, wrong = (float(torch.autograd.grad(loss, z)[0] ** 2) for loss in losses)
    return right / (p * right + (1 - p) * wrong)


ratios = [ratio(p) for p in (0.5, 0.9, 0.99)]
print(*(f"{r:.4f}" for r in ratios))
