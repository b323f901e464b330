"""The noisy parabola in JavaScript is noise_ball.py's, and its random numbers are as random as they must be."""

import json
import math
import random

import numpy as np
import pytest

RANDOM = random.Random(17)
RATES = [0.01, 0.02, 0.1, 0.5, 1.0, 1.9, 2.0, 2.05, 2.2, *(RANDOM.uniform(0.01, 2.2) for _ in range(40))]
DRAWN = """
const { normals, shuffled, uniform } = await import("/numerics/random.js");
const [seed, count] = given;
return [Array.from({ length: count }, uniform(seed)), [...normals(seed, count)], [...shuffled(count, uniform(seed))]];
"""
EXPECTED = """
const { squaredDistance } = await import("/numerics/noise.js");
return given.map((each) => [...squaredDistance(...each)]);
"""
RUNS = """
const { meanSquare, simulate } = await import("/numerics/noise.js");
const { normals } = await import("/numerics/random.js");
const [seed, lr, steps, runs, curvature, sigma] = given;
const noise = normals(seed, steps * runs);
return [...meanSquare(simulate(new Float64Array((steps + 1) * runs), lr, 10, runs, noise, curvature, sigma), runs)];
"""
MASK = 0xFFFFFFFF


def sfc32(seed: int):
    """Yield what `uniform(seed)` gives."""
    a, b, c, d = seed & MASK, 0, 0, 1
    for count in range(10**9):
        t = (a + b + d) & MASK
        d = (d + 1) & MASK
        a, b = b ^ (b >> 9), (c + (c << 3)) & MASK
        c = (((c << 21) | (c >> 11)) + t) & MASK
        if count >= 15:
            yield t / 2**32


def polar(numbers, count: int) -> list[float]:
    """Return normal numbers of uniform ones, as `normals` does."""
    found: list[float] = []
    while len(found) < count:
        u, v = 2 * next(numbers) - 1, 2 * next(numbers) - 1
        if 0 < (s := u * u + v * v) < 1:
            factor = math.sqrt(-2 * math.log(s) / s)
            found += [u * factor, v * factor]
    return found[:count]


@pytest.fixture(scope="module")
def said(blank):
    """A function: what a piece of JavaScript returns, whose numbers come as text, which is quicker and as exact."""

    def evaluate(script: str, given: list) -> list:
        text = blank.evaluate(f"async (given) => JSON.stringify(await (async () => {{ {script} }})())", given)
        return json.loads(text, parse_int=float)

    return evaluate


@pytest.fixture(scope="module")
def drawn(said):
    return lambda seed, count: said(DRAWN, [seed, count])


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31, -5])
def test_the_generator_is_sfc32(drawn, seed):
    uniform, normal, order = drawn(seed, 2001)
    numbers = sfc32(seed)
    assert uniform == [next(numbers) for _ in range(2001)]
    assert np.allclose(normal, polar(sfc32(seed), 2001), rtol=0, atol=1e-12 * max(map(abs, normal)))
    numbers, expected = sfc32(seed), list(range(2001))
    for i in range(2000, 0, -1):
        j = math.floor(next(numbers) * (i + 1))
        expected[i], expected[j] = expected[j], expected[i]
    assert order == expected
    assert sorted(order) == list(range(2001))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_its_numbers_are_uniform_and_normal(drawn, seed):
    n = 100_000
    uniform, normal = (np.array(part) for part in drawn(seed, n)[:2])
    counts = np.histogram(uniform, 64, (0, 1))[0]
    assert abs((64 / n * np.sum((counts - n / 64) ** 2) - 63) / math.sqrt(2 * 63)) < 4
    for power, (mean, variance) in {1: (0, 1), 2: (1, 2), 3: (0, 15), 4: (3, 96)}.items():
        assert abs(np.mean(normal**power) - mean) < 4 * math.sqrt(variance / n), power
    for lag in (1, 2, 3, 400):
        assert abs(np.mean(normal[lag:] * normal[:-lag])) < 4 / math.sqrt(n), lag
    outside = np.mean(np.abs(normal[:, None]) > [1, 2, 3], axis=0)
    share = np.array([math.erfc(edge / math.sqrt(2)) for edge in (1, 2, 3)])
    assert np.all(np.abs(outside - share) < 4 * np.sqrt(share / n))


def test_seeds_that_are_neighbours_have_nothing_in_common(drawn):
    first, second = (np.array(drawn(seed, 50_000)[1]) for seed in (1, 2))
    assert abs(np.mean(first * second)) < 4 / math.sqrt(50_000)


def test_the_level_is_the_programs(numerics, program):
    cases = [(lr, RANDOM.uniform(0.1, 3), RANDOM.uniform(0.1, 3)) for lr in RATES] + [(lr, 1.0, 1.0) for lr in RATES if lr != 2]
    ball = program("stochastic_gradient_descent/noise_ball")["ball"]
    assert numerics("noise", "ball", cases) == [ball(*case) for case in cases]


def test_the_expectation_is_the_programs(said, program):
    found = said(EXPECTED, [[lr, 10, 600] for lr in RATES])
    function = program("stochastic_gradient_descent/decreasing_steps")["squared_distance"]
    for lr, curve in zip(RATES, found, strict=True):
        expected = function(lambda t, lr=lr: lr, steps=600)  # a square of Python's may differ in its last bit
        assert np.allclose(curve, expected, rtol=1e-12, atol=0), lr


@pytest.mark.parametrize(("lr", "sigma"), [(0.1, 1.0), (0.5, 0.3), (1.5, 0.1)])
def test_the_expectation_reaches_the_level(said, numerics, lr, sigma):
    (curve,) = said(EXPECTED, [[lr, 10, 600, sigma]])
    (level,) = numerics("noise", "ball", [[lr, 1, sigma]])
    expected = [level + (1 - lr) ** (2 * t) * (100 - level) for t in range(601)]
    assert np.allclose(curve, expected, rtol=1e-9, atol=0)


class Given:
    """Stands for numpy's generator: gives the numbers that the page has drawn."""

    def __init__(self, noise):
        self.rows = iter(noise)

    def normal(self, size):
        assert size == len(row := next(self.rows))
        return row


@pytest.mark.parametrize("lr", RATES[:20])
@pytest.mark.parametrize("runs", [1, 50])
def test_runs_are_the_programs(said, drawn, program, monkeypatch, lr, runs):
    curvature, sigma = (1.0, 1.0) if lr < 1 else (RANDOM.uniform(0.5, 2), RANDOM.uniform(0.1, 2))
    noise = np.array(drawn(3, 120 * runs)[1]).reshape(120, runs)
    curve = said(RUNS, [3, lr, 120, runs, curvature, sigma])
    simulate = program("stochastic_gradient_descent/noise_ball")["simulate"]  # the program has run before its noise is given
    monkeypatch.setattr(np.random, "default_rng", lambda seed: Given(noise))
    expected = simulate(lr, 120, runs, curvature, sigma)
    if runs == 1:
        assert curve == expected, "each operation is the same"
    assert np.allclose(curve, expected, rtol=1e-12, atol=0), "the order of a sum may differ"


@pytest.mark.parametrize(("lr", "batch"), [(0.1, 1), (0.1, 100), (0.5, 10), (1.5, 1)])
def test_the_runs_have_the_level(said, numerics, lr, batch):
    sigma = 1 / math.sqrt(batch)
    late = np.mean(said(RUNS, [5, lr, 600, 400, 1, sigma])[300:])
    (level,) = numerics("noise", "ball", [[lr, 1, sigma]])
    memory = (1 + (1 - lr) ** 2) / (1 - (1 - lr) ** 2)  # how many steps count as one
    assert abs(late / level - 1) < 4 * math.sqrt(2 * memory / (301 * 400))
