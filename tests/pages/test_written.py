"""The pages as written: everything that `make check` looks for."""

from downhill import checks
from downhill.frozen import experiments, full
from tests.book import BOOK


def test_nothing_is_wrong_with_the_book():
    assert checks.problems(BOOK) == []


def test_the_rules_of_writing_are_kept():
    assert checks.rules(BOOK) == []


def test_the_frozen_numbers_are_those_of_the_programs():
    assert full.problems(BOOK) + experiments.problems(BOOK) == []
