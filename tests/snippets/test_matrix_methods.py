"""Each method of the chapter on matrices walks 100 steps with torch.optim, or with a library that is kept."""

import importlib
from unittest.mock import patch

import numpy as np
import pytest
import torch

STEPS = 100
GRADS = np.random.default_rng(3).normal(size=(STEPS, 8, 8))  # square: no eigenvalue is zero, so the axes are settled


@pytest.fixture(scope="module")
def library():
    """The library that is kept; imported here, as that takes a second, and the tests of all files are collected."""
    return importlib.import_module("pytorch_optimizer")


def walk(make, grads=GRADS, **options) -> np.ndarray:
    """Return the points that an optimizer walks to from zero, as these gradients say."""
    w = torch.zeros(grads[0].shape, dtype=torch.float64)
    optimizer, points = make([w], **options), []
    for grad in grads:
        w.grad = torch.tensor(grad)
        optimizer.step()
        points.append(w.numpy().copy())
    return np.array(points)


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_lion(program, library, decay):
    lion, x, m, points = program("matrix/lion_by_hand")["lion"], np.zeros((8, 8)), 0.0, []
    for grad in GRADS:
        x, m = lion(grad, x, m, 0.01, decay=decay)
        points.append(x)
    assert np.abs(np.array(points) - walk(library.Lion, lr=0.01, weight_decay=decay)).max() < 1e-12


def test_shampoo(program, library):
    points = program("matrix/shampoo_by_hand")["walk"](GRADS, lr=0.1, eps=1e-6)[1:]
    assert np.abs(np.array(points) - walk(library.Shampoo, lr=0.1, matrix_eps=1e-6)).max() < 1e-12


@pytest.mark.parametrize("every", [1, 10])
def test_soap(program, library, every):
    soap = program("matrix/soap_by_hand")["soap"]
    points = walk(library.SOAP, lr=0.01, weight_decay=0, precondition_frequency=every)
    for steps in (2, 12, STEPS):
        gap = np.abs(soap(GRADS[:steps], every=every) - points[steps - 1]).max()
        assert gap < 1e-6  # the library renews its axes in single precision, and adds its eps before the bias is corrected
    assert np.abs(soap(GRADS, every=every + 1) - points[-1]).max() > 1e-3


@pytest.mark.parametrize("shape", [(6, 9), (9, 6), (8, 8)])
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_muon(program, shape, decay):
    muon, x, v = program("matrix/muon_by_hand")["muon"], torch.zeros(shape, dtype=torch.float64), 0.0
    grads = np.random.default_rng(4).normal(size=(STEPS, *shape))
    with patch.object(torch.Tensor, "bfloat16", torch.Tensor.clone):
        exact = walk(torch.optim.Muon, grads, lr=0.02, weight_decay=decay)
    rounded = walk(torch.optim.Muon, grads, lr=0.02, weight_decay=decay)
    for grad, point in zip(grads, exact, strict=True):
        x, v = muon(torch.tensor(grad), x, v, 0.02, decay=decay)
        assert np.abs(x.numpy() - point).max() < 1e-12
    share = np.linalg.norm(x.numpy() - rounded[-1]) / np.linalg.norm(rounded[-1])
    assert 1e-4 < share < 1e-2


def test_what_the_library_keeps_is_what_the_page_counts(program, library):
    by_hand, w = program("matrix/matrix_memory")["by_hand"], torch.zeros(16, 64)
    for name in ("Lion", "SOAP"):
        optimizer = getattr(library, name)([w], lr=0.01)
        w.grad = torch.ones(16, 64)
        optimizer.step()
        parts = [part for value in optimizer.state[w].values() for part in (value if isinstance(value, list) else [value])]
        assert sum(part.nbytes for part in parts if torch.is_tensor(part) and part.ndim) == by_hand(name, 16, 64)
