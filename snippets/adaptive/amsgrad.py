"""AMSGrad written like its formula, beside torch.optim.Adam with amsgrad=True."""

import torch

start = torch.tensor([2.0, -1.0, 0.5], dtype=torch.float64)


def amsgrad(x, m, s, top, t, grad, lr, beta1=0.9, beta2=0.5):
    m, s = beta1 * m + (1 - beta1) * grad, beta2 * s + (1 - beta2) * grad**2
    top = torch.maximum(top, s)
    scaled = m / (1 - beta1**t) / ((top / (1 - beta2**t)).sqrt() + 1e-8)
    return x - lr * scaled, m, s, top


def gap(repaired, lr=0.1, steps=100):
    """Return the largest difference to torch on a parabola; each tenth slope is loud.

    >>> gaps[0] < 1e-12, f"{gaps[1]:.3f}"
    (True, '1.929')
    """
    x, w, far = start, start.clone(), 0.0
    m, s, top = torch.zeros(3, len(start), dtype=torch.float64)
    optimizer = torch.optim.Adam([w], lr=lr, betas=(0.9, 0.5), amsgrad=repaired)
    for t in range(1, steps + 1):
        x, m, s, top = amsgrad(x, m, s, top, t, x if t % 10 else 30 * x, lr)
        w.grad = w.clone() if t % 10 else 30 * w
        optimizer.step()
        far = max(float((x - w).abs().max()), far)
    return far


gaps = [gap(True), gap(False)]
print(f"{gaps[0]:.12f} {gaps[1]:.3f}")
