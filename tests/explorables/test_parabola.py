"""Gradient descent on a parabola in JavaScript is the snippet's, bit for bit; its regimes change where the page says."""

import random

import numpy as np

RANDOM = random.Random(3)
RATES = [0, 0.01, 0.1, 0.5, 0.9, 1.0, 1.1, 1.2, 1e-300] + [RANDOM.uniform(0, 1.2) for _ in range(300)]


def test_a_path_is_the_programs(numerics, program):
    snippet = program("gradient_descent/learning_rates")
    for start in (2.0, -1.3, 1e-310):
        found = numerics("parabola", "gradientDescent", [[start, lr] for lr in RATES])
        assert found == [snippet["gradient_descent"](start, lr).tolist() for lr in RATES]


def test_the_six_of_the_page_have_their_names(numerics, program):
    lrs = program("gradient_descent/learning_rates")["lrs"]
    found = numerics("parabola", "regime", [[lr] for lr in lrs])
    assert found == ["slow", "monotone", "one", "swings", "forever", "diverges"]


def test_a_regime_says_what_the_path_does(numerics, program):
    descent = program("gradient_descent/learning_rates")["gradient_descent"]
    rates = [lr for lr in RATES if lr > 1e-3]
    for lr, name in zip(rates, numerics("parabola", "regime", [[lr] for lr in rates]), strict=True):
        path = descent(2.0, lr)
        swings, grows = bool(np.any(path[1:] * path[:-1] < 0)), abs(path[-1]) - 2
        expected = {"slow": (False, -1), "monotone": (False, -1), "one": (False, -1), "swings": (True, -1)}
        assert (swings, np.sign(grows)) == {**expected, "forever": (True, 0), "diverges": (True, 1)}[name], lr
        if name in ("slow", "monotone"):
            assert (abs(path[-1]) > 0.2) == (name == "slow"), lr
        assert (name == "one") == (path[1] == 0)
