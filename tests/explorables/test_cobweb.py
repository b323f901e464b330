"""Newton–Schulz in JavaScript is the programs', and what the figure says of a start is what becomes of it."""

import random

import numpy as np
import pytest

RANDOM = random.Random(18)
STARTS = [0.0, 0.0005, 0.002, 0.5545, 0.868, 0.8681, 1.0, 1.2, *(10 ** RANDOM.uniform(-4, 0.08) for _ in range(300))]
NAMES = {"muon": "tuned", "cubic": "cubic"}


@pytest.fixture
def factors(program):
    """A function: the coefficients that the program gives a polynomial of the figure."""
    snippet = program("matrix/newton_schulz")
    return lambda which: list(snippet[NAMES[which]])


def test_the_coefficients_are_the_programs(blank, factors):
    found = blank.evaluate("async () => (await import('http://book.invalid/numerics/cobweb.js')).coefficients")
    assert found == {which: factors(which) for which in NAMES}


@pytest.mark.parametrize("which", NAMES)
@pytest.mark.parametrize("steps", [0, 1, 5, 50, 500])
def test_the_orbits_are_the_programs(numerics, program, factors, which, steps):
    expected = program("matrix/newton_schulz")["orbit"](STARTS, factors(which), steps)
    found = np.array(numerics("cobweb", "orbit", [[s, factors(which), steps] for s in STARTS])).T
    assert found.shape == (steps + 1, len(STARTS))
    assert np.abs(found - expected).max() <= 1e-12 * np.abs(expected).max()


def test_the_least_start_that_is_lifted_is_the_programs(numerics, program, factors):
    names = program("matrix/solutions/smallest_lifted")
    found = numerics("cobweb", "smallest", [[steps, factors("muon")] for steps in range(1, 8)])
    assert found == pytest.approx([names["smallest"](steps) for steps in range(1, 8)], abs=1e-12)
    assert numerics("cobweb", "smallest", [[0, factors("muon")]]) == [0.68]
    for which in NAMES:
        (least,) = numerics("cobweb", "smallest", [[5, factors(which)]])
        ends = np.array(numerics("cobweb", "orbit", [[least * part, factors(which), 5] for part in (0.999, 1.001)]))[:, 5]
        assert ends[0] < 0.68 < ends[1]


def test_the_fixed_points_are_the_programs_and_stay(numerics, program, factors):
    (own, classical) = numerics("cobweb", "fixedPoints", [[factors("muon")], [factors("cubic")]])
    assert own[0] == pytest.approx(program("matrix/solutions/fixed_point")["fixed"], rel=1e-12) and classical == [1]
    cases = [[s, factors(which)] for which, points in (("muon", own), ("cubic", classical)) for s in points]
    assert len(cases) == 3 and numerics("cobweb", "polynomial", cases) == pytest.approx([s for s, _ in cases], rel=1e-12)


def test_what_becomes_of_a_start_is_what_is_said(numerics, factors):
    said = set()
    for which in NAMES:
        (fixed, *outer) = numerics("cobweb", "fixedPoints", [[factors(which)]])[0]
        cases = [[s, factors(which), steps] for s in [*STARTS[1:], 1.27, 1.4] for steps in (0, 1, 3, 5, 12, 500)]
        paths = numerics("cobweb", "orbit", [[*case[:2], case[2] + 40] for case in cases])
        walked = [path[: steps + 1] for path, (_, _, steps) in zip(paths, cases, strict=True)]
        for case, path, key in zip(
            cases, paths, numerics("cobweb", "regime", [[w, factors(which)] for w in walked]), strict=True
        ):
            steps, later = case[2], np.array(path[case[2] :], dtype=float)
            holds = {
                "rises": max(path[: steps + 1]) < 0.68 and later[1] > later[0],
                "weaves": which == "muon" and 0.68 < later.min() < fixed < later.max() < max(outer or [9]),
                "cycles": which == "muon" and np.allclose(later[4:], later[:-4], atol=1e-3) and np.ptp(later) > 0.4,
                "beside": which == "muon" and (later[1] - fixed) * (later[0] - fixed) <= 0 and np.ptp(later) > 0.4,
                "flees": case[0] > max(outer or [9]) and not later[-1] < 1e9,
                "nears": which == "cubic" and abs(1 - later[0]) >= 1e-3 and abs(1 - later[1]) < abs(1 - later[0]),
                "stays": which == "cubic" and np.abs(later - 1).max() < 1e-3,
            }
            assert holds[key], (case, key)
            said.add(key)
    assert said == {"rises", "weaves", "cycles", "beside", "flees", "nears", "stays"}
