"""The turned valley in JavaScript is the program's, its best rates are, and what the figure says holds."""

import itertools
import random

import numpy as np
import pytest
import torch

from tests.explorables.conftest import ADDRESS

RANDOM = random.Random(21)
METHODS = ["GD", "momentum", "sign", "Adam"]
NUMERICS = f"import('{ADDRESS}/numerics/turned.js')"
EDGES = [
    *itertools.product((0, 1, 12, 15, 30, 45, 60, 89, 90), (10, 1000, 10000), (1e-5, 0.0018, 0.066, 1.6, 3)),
    *itertools.product((0, 45), (1, 2, 1.5), (0.5, 1)),
]
CASES = EDGES + [(RANDOM.uniform(0, 90), 10 ** RANDOM.uniform(1, 4), 10 ** RANDOM.uniform(-5, 0.4)) for _ in range(150)]
WALK = f"""async (cases) => {{
  const {{ walk }} = await {NUMERICS};
  return cases.map((each) => {{ const points = new Float64Array(602); return [[...walk(...each, points)], [...points]]; }});
}}"""
LATE = f"""async (cases) => {{
  const {{ late, walk }} = await {NUMERICS};
  return cases.map(([method, degrees, kappa, lr, steps]) => late(walk(method, degrees, kappa, lr, undefined, steps)));
}}"""
SEARCH = f"""async ([angles, kappa]) => {{
  const {{ regime, search }} = await {NUMERICS};
  const found = {{}};
  for (const _ of search(angles, kappa, found)) continue;
  const at = (degrees, what) => Object.fromEntries(Object.entries(found).map(([method, of]) => [method, what(of[degrees])]));
  return angles.map((degrees) => [at(degrees, (best) => best), regime(at(degrees, ({{ loss }}) => loss), (1 + kappa) / 2)]);
}}"""
TORCH = {
    "GD": lambda x, lr: torch.optim.SGD([x], lr=lr),
    "momentum": lambda x, lr: torch.optim.SGD([x], lr=lr, momentum=0.9),
    "Adam": lambda x, lr: torch.optim.Adam([x], lr=lr),
}


@pytest.fixture
def late_loss(program):
    """The program's function, for angles in degrees; what is no number any more is infinite."""

    def loss(method: str, degrees, kappa, lr, steps: int = 300):
        with np.errstate(all="ignore"):
            found = program("adaptive/turned_axes")["late_loss"](method, np.radians(degrees), lr, steps, kappa)
        return np.where(np.isnan(found), np.inf, found)

    return loss


def test_the_rates_and_methods_are_the_programs(blank, program):
    names = program("adaptive/turned_axes")
    methods, rates = blank.evaluate(
        f"async () => {{ const {{ methods, rates }} = await {NUMERICS}; return [methods, rates]; }}"
    )
    assert methods == list(names["best"]) == METHODS
    assert np.allclose(rates, names["lr"], rtol=1e-14, atol=0)


@pytest.mark.parametrize("steps", [300, 25, 20])
@pytest.mark.parametrize("method", METHODS)
def test_the_late_losses_are_the_programs(blank, late_loss, method, steps):
    degrees, kappa, lr = np.array(CASES, dtype=float).T
    expected = late_loss(method, degrees, kappa, lr, steps)
    found = np.array(blank.evaluate(LATE, [[method, *case, steps] for case in CASES]), dtype=float)
    finite = np.isfinite(expected)
    assert (np.isfinite(found) == finite).all() and finite.sum() > len(CASES) / 4
    gaps = np.abs(found[finite] - expected[finite]) / np.maximum(expected, (1 + kappa) / 2)[finite]  # of the largest loss
    assert all(gaps <= 1e-12), [CASES[k] for k in np.flatnonzero(finite)[~(gaps <= 1e-12)]]


@pytest.mark.parametrize("method", METHODS)
def test_the_paths_are_those_of_torch_and_their_losses_are_those_of_the_valley(blank, method):
    cases = [case for case in CASES[::4] if case[2] * case[1] < 2.5 or method in ("sign", "Adam")]
    assert len(cases) > 30
    found = blank.evaluate(WALK, [[method, *case] for case in cases])
    for (degrees, kappa, lr), (losses, pairs) in zip(cases, found, strict=True):
        angle = torch.tensor(degrees, dtype=torch.float64).deg2rad()
        turn = torch.stack([torch.stack([angle.cos(), -angle.sin()]), torch.stack([angle.sin(), angle.cos()])])
        h = turn @ torch.diag(torch.tensor([1, kappa], dtype=torch.float64)) @ turn.T
        points = torch.tensor(pairs, dtype=torch.float64).reshape(-1, 2)
        assert torch.allclose(points[0], turn.sum(1), rtol=0, atol=1e-12)
        expected = (points @ h * points).sum(1) / 2
        assert np.abs(np.array(losses) - expected.numpy()).max() <= 1e-12 * expected.max()
        x = torch.zeros(2, dtype=torch.float64, requires_grad=True)
        for before, after in itertools.pairwise(points[:2] if method != "sign" else points[:40]):
            x.data = before.clone()
            x.grad = h @ before
            if method == "sign":
                assert torch.allclose(after, before - lr * x.grad.sign(), rtol=1e-12, atol=1e-14) or x.grad.abs().min() < 1e-9
            else:
                TORCH[method](x, lr).step()
                assert torch.allclose(after, x.data, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kappa", [10, 100, 300, 1000, 3000, 10000])
def test_the_best_rates_are_the_programs_and_what_is_said_holds(blank, late_loss, program, kappa):
    angles, lr = [*range(0, 91, 3), 7, 46, 89], program("adaptive/turned_axes")["lr"]
    losses = {method: late_loss(method, np.array(angles)[:, None], kappa, lr) for method in METHODS}
    said = set()
    for k, (best, regime) in enumerate(blank.evaluate(SEARCH, [angles, kappa])):
        degrees, least = angles[k], {method: losses[method][k].min() for method in METHODS}
        for method in METHODS:
            assert best[method]["loss"] == pytest.approx(least[method], rel=1e-9), (method, degrees)
            assert losses[method][k][np.abs(np.log(lr / best[method]["lr"])).argmin()] <= least[method] * (1 + 1e-9)
        holds = {
            "ahead": least["Adam"] < least["momentum"] / 2,
            "behind": least["Adam"] > 2 * least["momentum"],
            "level": 1 / 2 <= least["Adam"] / least["momentum"] <= 2,
            "round": max(least["GD"], least["Adam"], least["momentum"]) < 1e-6 * (1 + kappa) / 2,
        }
        assert holds[regime], (degrees, regime)
        assert regime != "ahead" or min(degrees, 90 - degrees) < 20, "the valley lies near the axes"
        said.add(regime)
    assert said == ({"round"} if kappa <= 100 else {"ahead", "level", "behind"})


def test_the_programs_own_numbers_come_out(blank, program):
    best = program("adaptive/turned_axes")["best"]
    found = blank.evaluate(SEARCH, [list(range(0, 91, 3)), 1000])
    for method in METHODS:
        assert [each[method]["loss"] for each, _ in found] == pytest.approx(list(best[method]), rel=1e-6)
