"""The valley's numbers in JavaScript are those of the snippets' Python: bit for bit where only + − × ÷ and √ stand."""

import random

import numpy as np
import pytest

RANDOM = random.Random(7)
EDGES = [(0.05, 0), (2 / 21, 0), (0.1, 0), (0.11, 0), (0.2, 0), (2 / 21, 0.5), (0.15, 0.5), (0.001, 0.95), (0.2, 0.95)]
PAIRS = EDGES + [(RANDOM.uniform(0.001, 0.2), RANDOM.uniform(0, 0.95)) for _ in range(200)]


def test_a_path_is_the_programs(numerics, program):
    snippet = program("momentum/valley")
    start, curvature = snippet["start"].tolist(), snippet["curvature"].tolist()
    found = numerics("valley", "momentum", [[start, curvature, lr, beta] for lr, beta in PAIRS])
    for path, (lr, beta) in zip(found, PAIRS, strict=True):
        assert path == snippet["momentum"](lr, beta).tolist(), (lr, beta)


def test_without_momentum_it_is_gradient_descent(numerics, program):
    snippet = program("gradient_descent/zigzag")
    start, curvature = snippet["start"].tolist(), snippet["curvature"].tolist()
    rates = sorted(lr for lr, _ in PAIRS)
    found = numerics("valley", "momentum", [[start, curvature, lr, 0] for lr in rates])
    assert found == [snippet["gradient_descent"](lr).tolist() for lr in rates]


def test_from_any_start_in_any_valley(numerics, program):
    function = program("momentum/valley")["momentum"]
    cases = [[[RANDOM.uniform(-7, 2), RANDOM.uniform(-2, 2)], [20 / RANDOM.uniform(1, 200), 20]] for _ in range(200)]
    found = numerics("valley", "momentum", [[*case, *pair] for case, pair in zip(cases, PAIRS, strict=False)])
    for path, (start, curvature), pair in zip(found, cases, PAIRS, strict=False):
        names = function.__globals__
        kept = names["start"], names["curvature"]
        names["start"], names["curvature"] = np.array(start), np.array(curvature)
        expected = function(*pair).tolist()
        names["start"], names["curvature"] = kept
        assert path == expected, (start, curvature, pair)


def test_the_loss_is_the_programs(numerics, program):
    points = [[RANDOM.uniform(-7, 2), RANDOM.uniform(-2, 2)] for _ in range(500)] + [[0, 0], [-6, 1.5], [1e150, -1e150]]
    found = numerics("valley", "loss", [[point, [1, 20]] for point in points])
    assert found == program("gradient_descent/zigzag")["loss"](np.array(points)).tolist()


def test_the_modulus_is_the_programs(numerics, program):
    pairs = [(step, beta) for step in np.linspace(0.001, 4, 41).tolist() for beta in np.linspace(0, 0.99, 34).tolist()]
    found = numerics("valley", "radius", pairs)
    expected = [float(program("momentum/regimes")["radius"](*pair)) for pair in pairs]
    assert np.max(np.abs(np.array(found) - expected)) <= 1e-12 * max(expected)


@pytest.mark.parametrize("beta", [0, 0.3, 0.5, 0.9])
def test_the_thresholds_are_exact(numerics, program, beta):
    limit, low = 2 * (1 + beta), (1 - beta**0.5) ** 2
    steps = [limit - 1e-6, limit, limit + 1e-6, low + 1e-6, low - 1e-6]
    names = ["swings", "forever", "diverges", "swings", "glides"]
    cases = [(step, name) for step, name in zip(steps, names, strict=True) if step > 0]
    assert numerics("valley", "motion", [[step, beta] for step, _ in cases]) == [name for _, name in cases]
    radius = program("momentum/regimes")["radius"]
    assert radius(limit - 1e-6, beta) < 1 < radius(limit + 1e-6, beta)


@pytest.mark.parametrize("kappa", [1, 4, 20, 200])
def test_the_best_pair_is_the_best_of_a_grid(numerics, program, kappa):
    curvature = [20 / kappa, 20]
    ((lr, beta),) = numerics("valley", "best", [[curvature]])
    radius = program("momentum/regimes")["radius"]

    def slowest(lr, beta):
        return max(float(radius(lr * each, beta)) for each in curvature)

    grid = [(a, b) for a in np.linspace(0.005, 0.2, 60) for b in np.linspace(0, 0.95, 60)]
    assert slowest(lr, beta) <= min(slowest(*pair) for pair in grid) + 1e-9
    assert slowest(lr, beta) == pytest.approx(beta**0.5, abs=1e-7)
