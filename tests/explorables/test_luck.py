"""The winner's luck in JavaScript is the program's, and rounds of it are what they say."""

import math

import numpy as np
import pytest

MANY = [1, 2, 3, 10, 17, 100, 637, 1000, 10_000]


def close(found, expected) -> bool:
    return np.max(np.abs(np.asarray(found) - expected)) <= 1e-12 * np.max(np.abs(expected))


@pytest.mark.parametrize("n", MANY[:-1])  # as far as the range goes
def test_the_law_is_the_programs(blank, program, n):
    call = """async (n) => {
      const { law, z } = await import('http://book.invalid/numerics/luck.js');
      return [[...z], [...law(n)]];
    }"""
    found = blank.evaluate(call, n)
    assert found[0] == program("choosing/best_of_many")["z"].tolist()
    assert close(found[1], program("choosing/best_of_many")["law"](n))


def test_the_flattery_is_the_programs(numerics, program):
    cases = [[n, sd] for n in MANY for sd in (0.01, 0.1, 0.1 / math.sqrt(5), 3)]
    expected = [program("choosing/best_of_many")["flattery"](*case) for case in cases]
    assert close(numerics("luck", "flattery", cases), expected)


def test_the_flattery_has_its_closed_forms(numerics):
    found = numerics("luck", "flattery", [[1, 1], [2, 1], [3, 1]])
    assert found == pytest.approx([0, 1 / math.sqrt(math.pi), 1.5 / math.sqrt(math.pi)], abs=1e-13)


def test_a_round_is_the_lowest_of_its_settings_and_the_same_again(blank):
    call = """async ([n, count]) => {
      const { last, seen, fresh } = (await import('http://book.invalid/numerics/luck.js')).rounds(n, count);
      return [[...last], seen, fresh];
    }"""
    last, seen, fresh = blank.evaluate(call, [10, 500])
    assert len(last) == 10 and len(seen) == len(fresh) == 500 and seen[-1] == min(last)
    again = blank.evaluate(call, [10, 40])
    assert (again[1], again[2]) == (seen[:40], fresh[:40])
    assert abs(-np.mean(seen) - 1.5388) < 4 * 0.59 / math.sqrt(500)
    assert abs(np.mean(fresh)) < 4 / math.sqrt(500)
    assert blank.evaluate(call, [10, 0]) == [[], [], []]
    above = np.mean(np.array(fresh) > seen)
    assert abs(above - 10 / 11) < 4 * math.sqrt(10 / 121 / 500)
