"""What the tests of the checks share: a small book without theme and data, and what is said of it."""

import re

import pytest

from downhill import checks
from downhill.manuscript.book import Book


@pytest.fixture
def said(bare):
    """What `check` says of the bare book, having seen that each sentence begins with file and line."""

    def find(rules: bool = False) -> str:
        found = checks.problems(Book(bare)) + (checks.rules(Book(bare)) if rules else [])
        assert not [sentence for sentence in found if not re.match(r"[\w./#~ -]+:\d+[:,] ", sentence)], found
        return "\n".join(found)

    return find
