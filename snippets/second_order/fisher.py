"""Gauss-Newton is the Fisher matrix. The empirical Fisher matrix is another."""

import torch
from torch.autograd.functional import hessian, jacobian
from torch.nn.functional import cross_entropy

torch.manual_seed(0)
x, y, row = torch.randn(40, 4).double(), torch.randint(3, (40,)), torch.arange(40)


def linear(w):
    return x @ w.view(4, 3)


def network(w):
    return torch.tanh(x @ w[:20].view(4, 5)) @ w[20:].view(5, 3)


def matrices(model, w):
    """Return Gauss-Newton, the Fisher matrix, the empirical one, and the Hessian.

    >>> all(row[0] < 1e-12 for row in gaps), gaps[0][2] < 1e-12
    (True, True)
    >>> [f"{gap:.3f}" for gap in (gaps[0][1], gaps[1][1], gaps[1][2])], f"{least:.3f}"
    (['2.817', '2.677', '1.624'], '-0.903')
    """
    p, J = model(w).softmax(1), jacobian(model, w)
    curvature = torch.diag_embed(p) - p[:, :, None] * p[:, None, :]
    newton = torch.einsum("nki,nkl,nlj->ij", J, curvature, J) / 40
    scores = jacobian(lambda w: model(w).log_softmax(1), w)
    fisher = torch.einsum("nk,nki,nkj->ij", p, scores, scores) / 40
    empirical = scores[row, y].T @ scores[row, y] / 40
    return newton, fisher, empirical, hessian(lambda w: cross_entropy(model(w), y), w)


gaps = []
for model, n in ((linear, 12), (network, 35)):
    newton, *others = matrices(model, torch.randn(n).double())
    gaps.append([float((other - newton).norm() / newton.norm()) for other in others])
    least = float(torch.linalg.eigvalsh(others[2])[0])
    print(*(f"{gap:8.1e}" for gap in gaps[-1]))
