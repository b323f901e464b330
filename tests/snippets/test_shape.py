"""Each snippet has the shape that CONTRIBUTING asks for, and is one program in both languages, as is each cell."""

import pytest

from downhill.checks import snippets
from downhill.manuscript import localize
from tests.book import BOOK


def test_has_the_shape_that_contributing_asks_for():
    assert snippets.problems(BOOK) == []


@pytest.mark.parametrize("name", BOOK.shown)
def test_is_the_same_program_in_chinese(name):
    source, chinese = BOOK.shown[name], BOOK.source(name, "zh")
    assert chinese != source
    assert localize.program(chinese) == localize.program(source)
