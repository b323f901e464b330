"""How much of the first weights a running mean still holds."""

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


def held(decay, steps):
    """Return the share of the first weights, measured with torch.

    >>> [f"{share:.4g}" for share in shares]
    ['1.296e-07', '0.0003747', '0.4559']
    >>> all(abs(s - d**785) < 1e-5 for s, d in zip(shares, decays))
    True
    """
    model = torch.nn.Linear(1, 1, bias=False)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(decay))
    for step in range(steps + 1):
        torch.nn.init.constant_(model.weight, 0.0 if step else 1.0)
        mean.update_parameters(model)
    return mean.module.weight.item()


decays = [0.98, 0.99, 0.999]
shares = [held(decay, 785) for decay in decays]
largest = 0.01 ** (1 / 785)
print(*(f"{share:.2g}" for share in shares), f"{largest:.4f}")
