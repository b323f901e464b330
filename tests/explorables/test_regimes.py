"""The regimes in JavaScript are those of the snippets' Python: paths bit for bit, roots and edges to 1e-12."""

import random

import numpy as np
import pytest

from tests.explorables.conftest import ADDRESS

RANDOM = random.Random(17)
COUNTS = f"""async (points) => {{
  const {{ momentum, stepsToStay }} = await import('{ADDRESS}/numerics/regimes.js');
  return points.map((point) => {{
    const [whole, short] = [0, 1e-8].map((rest) => momentum(...point, 2, 5000, rest));
    return [stepsToStay(whole, 1e-3), stepsToStay(short, 1e-3), short.length];
  }});
}}"""
MEETING = [(step, (1 - step**0.5) ** 2) for step in (0.02, 0.5, 2, 3.5)]
EDGES = [(1, 0), (0.02, 0.9), (3.799, 0.9), (3.8, 0.9), (3.801, 0.9), (25 / 9, 4 / 9), (1 / 9, 4 / 9), (4, 0), (0.01, 0.99)]
GRID = [(step, beta) for step in np.linspace(0.01, 4, 31).tolist() for beta in np.linspace(0, 0.99, 23).tolist()]
POINTS = EDGES + MEETING + GRID + [(RANDOM.uniform(0, 4), RANDOM.uniform(0, 1)) for _ in range(300)]


def test_the_roots_are_the_programs(numerics, program):
    found = np.array(numerics("regimes", "roots", POINTS)) @ [1, 1j]
    for pair, (step, beta) in zip(found, POINTS, strict=True):
        assert abs(pair.sum() - (1 + beta - step)) < 1e-12 and abs(pair.prod() - beta) < 1e-12
    radius = program("momentum/regimes")["radius"]
    expected = np.array([radius(*point) for point in POINTS])
    assert np.abs(np.abs(found).max(axis=1) - expected).max() < 1e-12 * expected.max()


def test_the_edges_are_the_programs(numerics, program):
    names = program("momentum/regimes")
    found = np.array(numerics("valley", "edges", [[beta] for beta in names["beta"].tolist()])).T
    assert np.abs(found - [names["low"], names["high"], names["limit"]]).max() < 1e-12 * 4


def test_a_path_is_the_programs(numerics, program):
    momentum = program("momentum/equal_step")["momentum"]
    found = numerics("regimes", "momentum", [[2 * lr, beta, 2.0, 200] for lr, beta in POINTS])
    for path, (lr, beta) in zip(found, POINTS, strict=True):
        assert [float(x) for x in path] == momentum(lr, beta, steps=200).tolist(), (lr, beta)


def test_a_path_that_has_come_to_rest_never_leaves_again(blank, program):
    radius = program("momentum/regimes")["radius"]
    points = [point for point in POINTS if radius(*point) < 1]
    counts = blank.evaluate(COUNTS, points)
    assert [point for point, (whole, short, _) in zip(points, counts, strict=True) if whole != short] == []
    assert sum(length < 1000 for _, _, length in counts) > len(points) / 2


def test_a_path_on_the_function_of_the_cycle_is_the_programs(numerics, program):
    momentum = program("momentum/cycle")["momentum"]
    points = [(step / 25, beta) for step, beta in POINTS] + [(1 / 9, 4 / 9), (1 / 25, 4 / 9), (1 / 25, 0)]
    found = numerics("regimes", "cycling", [[lr, beta, 3.3, 150] for lr, beta in points])
    for path, (lr, beta) in zip(found, points, strict=True):
        assert [float(x) for x in path] == momentum(lr, beta, steps=150).tolist(), (lr, beta)


def test_the_table_of_the_page(numerics, program):
    names = program("momentum/equal_step")
    points = [(2 * lr, beta) for lr, beta in names["settings"]]
    paths = numerics("regimes", "momentum", [[*point, 2.0, 500] for point in points])
    assert numerics("regimes", "stepsToStay", [[path, 1e-3] for path in paths]) == names["counts"]
    (period,), (critical,) = numerics("regimes", "period", [points[1]]), numerics("regimes", "critical", [[0.02]])
    assert abs(period - names["period"]) < 1e-12 * period and abs(critical - names["critical"]) < 1e-12
    assert numerics("regimes", "stepsToStay", [[[0, 1], 1], [[0], 1], [[2, 1, 0.5], 1]]) == [None, 0, 2]


@pytest.mark.parametrize("kappa", [2, 25, 100])
def test_the_best_pair_touches_both_edges(numerics, program, kappa):
    (pair,) = numerics("regimes", "best", [[kappa]])
    ends = [pair["step"] / kappa, pair["step"]]
    assert numerics("regimes", "regime", [[ends, pair["beta"]]]) == ["best"]
    if kappa == 100:
        names = program("momentum/best_pair")
        assert abs(pair["step"] - 100 * names["lr"]) < 1e-12 * 4 and abs(pair["beta"] - names["beta"]) < 1e-12


def test_what_a_point_is_called_is_what_its_path_does(numerics, program):
    momentum, radius = program("momentum/equal_step")["momentum"], program("momentum/regimes")["radius"]
    called = dict(zip(GRID, numerics("regimes", "regime", [[[step], beta] for step, beta in GRID]), strict=True))
    for (step, beta), name in called.items():
        path = momentum(step / 2, beta, steps=40)
        sides, factor = int(np.sum(path[1:] * path[:-1] < 0)), radius(step, beta)
        seen = {
            "glides": sides == 0 and beta**0.5 < factor < 1,
            "swings": abs(factor - beta**0.5) < 1e-9,
            "jumps": sides == 40 and beta**0.5 < factor < 1,
            "diverges": sides == 40 and factor > 1,
        }
        assert seen.get(name, True), (step, beta, name)
    assert set(called.values()) >= {"glides", "swings", "jumps", "diverges"}


def test_names_at_the_edges_and_of_a_valley(numerics):
    cases = {
        "once": [[1], 0], "limit": [[3.8], 0.9], "meets": [[0.02], (1 - 0.02**0.5) ** 2],
        "flat": [[0.01, 1], 0.5], "steep": [[0.5, 3.79], 0.896], "even": [[0.5, 1], 0.5],
        "diverges": [[0.1, 4], 0.5], "best": [[1 / 9, 25 / 9], 4 / 9],
    }  # fmt: skip
    assert numerics("regimes", "regime", list(cases.values())) == list(cases)


def test_what_becomes_of_a_path(numerics, program):
    exact = program("momentum/cycle")["cycle"]
    cases = [(1 / 9, 4 / 9), (1 / 25, 4 / 9), (0.16, 0.1), (0.094, 0.15)]
    paths = numerics("regimes", "cycling", [[*case, 3.3, 5000] for case in cases])
    assert numerics("regimes", "arrival", [[path, 12, 1e-3] for path in paths]) == ["repeats", "arrives", "diverges", "wanders"]
    assert numerics("regimes", "repeats", [[path, 12, 1e-3] for path in paths[:2]]) == [3, 1]
    assert np.abs(np.sort(paths[0][-3:])[::-1] - exact).max() < 1e-12 * 3
    assert numerics("regimes", "within", [[[2, 3, 9, 1], 4, 9], [[1, 2, 3], 4, 1], [[1, 2], 4, 5]]) == [
        [2, 3, 9],
        [1, 2],
        [1, 2],
    ]
