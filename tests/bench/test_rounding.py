"""Which programs rounding decides: what is found of one, and how it is kept."""

import pytest

from bench import rounding
from downhill.execution import record, runner
from downhill.manuscript.book import Book
from downhill.markdown import needs
from tests.small import change, snippet

FIXED = "('OPENBLAS_CORETYPE' in os.environ)"  # whether the build's instructions are asked for


@pytest.mark.parametrize(
    ("more", "differ"),
    [(0.3, ["{{ y[1]:.1f }}", "figure 1"]), (0.01, []), (0.06, ["{{ y[1]:.1f }}", "figure 1"]), (0.0, [])],
)
def test_what_other_instructions_change_is_found_and_kept(small, more, differ):
    change(snippet(small), "y = [0.0, 1.5]", f"import os\n\ny = [0.0, 1.5 + {more} * {FIXED}]")
    book = Book(small)
    record.write(book, record.all_taken(book, runner.run(book)))
    measured = rounding.differences(book, ["chapter/line"])
    assert measured == {"chapter/line": differ}
    (small / "data").mkdir(exist_ok=True)
    rounding.keep(book, measured)
    assert needs.rounded(small) == {"chapter/line": [needs.known(book.programs["chapter/line"]), *differ]}
    assert needs.untried(book) == []
