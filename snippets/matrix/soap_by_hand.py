"""SOAP written like its formula: Adam, in the axes of Shampoo."""

import numpy as np


def turned_adam(grad, x, m, s, t, left, right, lr, beta=0.95, eps=1e-8):
    m = beta * m + (1 - beta) * grad
    s = beta * s + (1 - beta) * (left.T @ grad @ right) ** 2
    scaled = left.T @ m @ right / (1 - beta**t) / (np.sqrt(s / (1 - beta**t)) + eps)
    return x - lr * left @ scaled @ right.T, m, s


def refreshed(mean, axes):
    order = np.argsort(-(axes * (mean @ axes)).sum(axis=0))
    return np.linalg.qr(mean @ axes[:, order])[0], order


def soap(grads, lr=0.01, beta=0.95, every=10, turn=True):
    """Return the last point from zero; the first gradient only settles the axes.

    >>> import torch
    >>> adam = torch.optim.Adam([w := torch.zeros(6, 6).double()], 0.01, (0.95, 0.95))
    >>> for grad in grads[1:]:
    ...     w.grad = torch.tensor(grad)
    ...     adam.step()
    >>> bool(np.abs(plain - w.numpy()).max() < 1e-12), f"{far:.5f}"
    (True, '0.18164')
    """
    means = [(1 - beta) * g for g in (grads[0] @ grads[0].T, grads[0].T @ grads[0])]
    axes = [np.linalg.eigh(g)[1][:, ::-1] if turn else np.eye(len(g)) for g in means]
    x, m, s = np.zeros((3, *grads[0].shape))
    for t, grad in enumerate(grads[1:], 1):
        x, m, s = turned_adam(grad, x, m, s, t, *axes, lr)
        squares = zip(means, (grad @ grad.T, grad.T @ grad), strict=True)
        means = [beta * mean + (1 - beta) * square for mean, square in squares]
        if turn and t % every == 0:
            axes, orders = zip(*map(refreshed, means, axes), strict=True)
            s = s[np.ix_(*orders)]
    return x


grads = np.random.default_rng(0).normal(size=(101, 6, 6))
plain = soap(grads, turn=False)
far = float(np.linalg.norm(soap(grads) - plain) / np.linalg.norm(plain))
print(f"{far:.2f}")
