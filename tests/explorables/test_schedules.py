"""Schedules and the noisy valley in JavaScript are the programs', and nothing betters the best list."""

import itertools
import random

import numpy as np
import pytest
import torch

from tests.explorables.conftest import ADDRESS

RANDOM = random.Random(20)
FACTORS = ("exponential", "stairs")
SHAPES = [["linear", 0, 0, 0], ["linear", 0, 200, 0], ["cosine", 0, 200, 0], ["stairs", 0, 200, 0.01], ["linear", 0, 40, 0]]
CASES = [
    *itertools.product(("linear", "cosine", *FACTORS), (0, 1, 37, 200), (0, 1, 100, 200), (0.01, 0.3, 1)),
    *[
        (RANDOM.choice(("linear", "cosine", *FACTORS)), RANDOM.randrange(201), RANDOM.randrange(201), RANDOM.uniform(0.01, 1))
        for _ in range(100)
    ],
]
CALL = f"""async ([name, cases]) => {{
  const module = await import('{ADDRESS}/numerics/schedules.js');
  return cases.map((each) => [...module[name](...each)]);
}}"""


def close(found, expected) -> bool:
    return bool(np.max(np.abs(np.asarray(found) - expected)) <= 1e-12 * np.max(np.abs(expected)))


def parts(kind: str, up: int, fall: int, last: float) -> np.ndarray:
    """Return a shape as the book's formulas have it, all steps at once."""
    t = np.arange(200)
    u = np.maximum(t - (200 - fall), 0) / max(fall, 1)
    down = {
        "linear": last + (1 - last) * (1 - u),
        "cosine": last + (1 - last) * (1 + np.cos(np.pi * u)) / 2,
        "exponential": last**u,
        "stairs": np.where(u < 0.5, 1, np.where(u < 0.75, last**0.5, last)),
    }
    return np.minimum((t + 1) / up if up else 1, np.where(t < 200 - fall, 1, down[kind]))


@pytest.fixture(scope="module")
def arrays(blank):
    return lambda name, cases: blank.evaluate(CALL, [name, cases])


def test_the_shapes_are_the_programs(arrays, program):
    found = arrays("shape", SHAPES)
    for shape, expected in zip(found, program("schedules/peak_and_shape")["shapes"], strict=True):
        assert close(shape, expected)


def test_the_shapes_are_the_formulas(arrays):
    for case, shape in zip(CASES, arrays("shape", CASES), strict=True):
        assert close(shape, parts(*case)), case


def test_the_losses_are_the_programs(arrays, program):
    names = program("schedules/noisy_valley")
    lists = [(peak * parts(*case)).tolist() for case in CASES for peak in (0.01, RANDOM.uniform(0.01, 2.2))]
    lists += [[0.0] * 200, [2.0] * 200, [2.2] * 200, [0.5]]
    expected = names["losses"](np.array(lists[:-1]).T)
    for k, path in enumerate(arrays("losses", [[rates] for rates in lists[:-1]])):
        assert close(path, expected[:, k]), k
    (path,) = arrays("losses", [[[0.5], 2, 3]])
    assert close(path, names["losses"](np.array([[0.5]]), 2, 3)[:, 0])


def test_what_the_noise_leaves_and_what_the_start_leaves_is_all(arrays):
    rates = (0.814 * parts("linear", 0, 200, 0)).tolist()
    whole, noise, start = (np.array(path) for path in arrays("losses", [[rates], [rates, 0], [rates, 1, 0]]))
    assert close(noise + start, whole)


def test_the_best_peak_is_the_best_of_the_programs_grid(numerics, program):
    names = program("schedules/peak_and_shape")
    assert numerics("schedules", "bestPeak", [[shape.tolist()] for shape in names["shapes"]]) == pytest.approx(names["best"])
    shapes = [parts(*case) for case in CASES[::5]]
    found = numerics("schedules", "bestPeak", [[shape.tolist()] for shape in shapes])
    for case, shape, peak in zip(CASES[::5], shapes, found, strict=True):
        ends = names["loss"](shape, np.append(names["peaks"], peak))
        assert ends[-1] <= ends[:-1].min() * (1 + 1e-9), case


def test_the_best_list_has_no_slope_and_no_larger_loss_than_the_programs(arrays, program):
    names = program("schedules/free_rates")
    (found,) = arrays("bestRates", [[]])
    rates = torch.tensor(found, dtype=torch.float64, requires_grad=True)
    loss = names["loss"](rates[:, None])[0]
    loss.backward()
    assert rates.grad.abs().max() < 1e-12
    assert loss.item() <= names["least"]
    assert np.allclose(found, names["free"], rtol=0, atol=1e-3)
