"""Which lines of a program compute a value, and which tests hold it."""

import pytest

from downhill.manuscript import values
from downhill.manuscript.origin import Origin, origin
from tests.book import BOOK

PROGRAM = '''"""What it is for."""

n, (low, high) = 3, (0, 1)


def square(x):
    """Return a square.

    >>> square(2)
    4
    >>> [square(x)
    ...  for x in (1, 2)]
    [1, 4]

    >>> table["a"]
    9
    """
    total = x * x
    return total


table = {}
for name in "ab":
    side = n
    low = side
    print(name)
    table[name] = square(side)
table.setdefault("c", 0)
path = [
    low for own in "c"
]
path.append(high)
total = sum(path)
'''


@pytest.mark.parametrize(
    ("names", "computed", "held", "named"),
    [
        ("n", ((3, 3),), (), False),
        ("high", ((3, 3),), (), False),
        ("square", ((6, 6),), ((9, 10), (11, 13)), True),
        ("table", ((22, 22), (23, 23), (27, 27), (28, 28)), ((15, 16),), True),
        ("path", ((29, 31), (32, 32)), (), False),
        ("total", ((33, 33),), (), False),  # the one in a function is its own
        ("nothing", (), (), False),
        ("own", (), (), False),  # a comprehension's
    ],
)
def test_what_binds_a_name_computes_it_and_what_names_it_holds_it(names, computed, held, named):
    assert origin(PROGRAM, frozenset(names.split())) == Origin(computed, held, named)


def test_the_nearest_test_holds_what_a_value_is_computed_with():
    program = PROGRAM.replace("total = sum(path)", "first = second = square(2)\nthird = first + n")
    assert origin(program, frozenset({"third"})) == Origin(((34, 34),), ((9, 10), (11, 13)), False)


def test_every_value_of_the_book_has_lines_that_compute_it():
    named = 0
    for page in BOOK.pages["zh"].values():
        for place, stem, expression in page.quotes():
            names = frozenset(values.parts(expression).names - values.TOOLS.keys())
            if stem == values.BOOK or stem.startswith(("experiments/", "labs/")) or not names:
                continue
            (name,) = BOOK.select([stem.removeprefix("full/")])
            source = BOOK.source(name, "zh")
            found = origin(source, names)
            lines = source.split("\n")
            assert found.computed, place
            assert any(n in line for n in names for a, b in found.computed for line in lines[a - 1 : b]), place
            assert all(lines[a - 1].lstrip().startswith(">>> ") and lines[b - 1].strip() for a, b in found.held), place
            named += found.named
    assert named > 400
