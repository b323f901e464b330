"""What the chapter on the landscape computes by its formulas, computed in a second way by autograd."""

import numpy as np
import pytest
import torch


def descend(step: float, u: float, v: float, steps: int) -> np.ndarray:
    """Return loss and curvature of each step of torch.optim.SGD on (u v)^2 / 2, where lr times the first curvature is given."""
    w = torch.tensor([u, v], dtype=torch.float64, requires_grad=True)
    optimizer, path = torch.optim.SGD([w], step / (u**2 + v**2)), []
    for _ in range(steps + 1):
        loss = w.prod() ** 2 / 2
        path.append((loss.item(), (w**2).sum().item()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return np.array(path).T


@pytest.mark.parametrize("step", [1.9, 2.5, 3.5, 3.9])
def test_the_catapult_is_gradient_descent(program, step):
    walk = program("landscape/catapult")["walk"]
    assert np.abs(walk(step, 2.0, 0.3, 60) - descend(step, 2.0, 0.3, 60)).max() < 1e-9


def test_the_trace_of_the_hessian_is_the_curvature_of_the_catapult():
    point = torch.tensor([1.5, 0.7], dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(lambda w: w.prod() ** 2 / 2, point)
    assert abs(hessian.trace().item() - (point**2).sum().item()) < 1e-12


def test_at_four_the_angle_of_gradient_descent_triples(program):
    u, v, steps = 1.1, 0.6, 8
    angle = np.arccos(4 * u * v / (u**2 + v**2) / 2)
    losses, curvatures = descend(4, u, v, steps)
    products = np.sqrt(2 * losses) * 4 / (u**2 + v**2)  # alpha times |w|
    path = np.array(program("landscape/solutions/tripled_angle")["path"](angle, steps))
    assert np.abs(products - np.abs(path)).max() < 1e-8
    assert np.abs(curvatures / curvatures[0] - 1).max() < 1e-10


@pytest.mark.parametrize("a", [0.2, 3.0])
def test_rescaling_two_layers_rescales_the_hessian(a):
    generator = torch.Generator().manual_seed(0)
    x, y = torch.randn(20, 3, generator=generator).double(), torch.randn(20, 2, generator=generator).double()
    theta = torch.randn(20, generator=generator).double()
    scale = torch.tensor([a] * 12 + [1 / a] * 8, dtype=torch.float64)

    def loss(w):
        return ((torch.relu(x @ w[:12].reshape(3, 4)) @ w[12:].reshape(4, 2) - y) ** 2).mean()

    before, after = (torch.autograd.functional.hessian(loss, point) for point in (theta, scale * theta))
    assert abs(loss(theta) - loss(scale * theta)) < 1e-12
    assert (after - before / scale[:, None] / scale).abs().max() < 1e-9 * after.abs().max()
    block = torch.linalg.eigvalsh(before[12:, 12:])[-1] * a**2
    assert torch.linalg.eigvalsh(after)[-1] >= block * (1 - 1e-12)
