"""AdaGrad, RMSProp, Adam, and AdamW written like their formulas, beside torch."""

import torch
from torch.optim import Adagrad, Adam, AdamW, RMSprop

curvature, start = torch.tensor([[1e-3, 1, 1e3], [1, -2, 0.5]], dtype=torch.float64)


def adagrad(x, m, s, t, grad, lr):
    s = s + grad**2
    return x - lr * grad / (s.sqrt() + 1e-10), m, s


def rmsprop(x, m, s, t, grad, lr):
    s = 0.99 * s + (1 - 0.99) * grad**2
    return x - lr * grad / (s.sqrt() + 1e-8), m, s


def adam(x, m, s, t, grad, lr, decay=0.0, beta1=0.9, beta2=0.999):
    m, s = beta1 * m + (1 - beta1) * grad, beta2 * s + (1 - beta2) * grad**2
    scaled = m / (1 - beta1**t) / ((s / (1 - beta2**t)).sqrt() + 1e-8)
    return x - lr * scaled - lr * decay * x, m, s


def path(update, kind, lr=0.1, **decay):
    """Return the points of 100 steps, and the largest difference to those of torch.

    >>> [gap < 1e-12 for _, gap in runs], path(adam, AdamW)[1] > 1e-3
    ([True, True, True, True], True)
    """
    points, m, s, w, gap = [start], 0, 0, start.clone(), 0.0
    optimizer = kind([w], lr=lr)
    for t in range(1, 101):
        x, m, s = update(points[-1], m, s, t, curvature * points[-1], lr, **decay)
        w.grad = curvature * w
        optimizer.step()
        points.append(x)
        gap = max(float((x - w).abs().max()), gap)
    return torch.stack(points), gap


runs = [path(adagrad, Adagrad), path(rmsprop, RMSprop), path(adam, Adam)]
runs.append(path(adam, AdamW, decay=0.01))
for points, _ in runs:
    print(*(f"{step:8.3f}" for step in (points[1] - start) / 0.1))
