"""Runs every notebook of the built site whole, each in a fresh kernel: `python -m bench.notebooks`.

The tests leave out what trains, as the build has run it; here nothing is left out. It ends with 1 where a cell prints or shows
something else than in the book.
"""

import sys
import tempfile
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from bench.book import ROOT
from downhill.manuscript import counts
from downhill.site.notebooks import laboratory
from tests.book import BOOK
from tests.site.test_notebooks_run import prints_what_the_book_prints


def main() -> int:
    """Say of each notebook whether all works; return 1 if one does not."""
    wrong = 0
    for name in [*counts.chapters(BOOK), *laboratory(BOOK)["en"]]:
        with tempfile.TemporaryDirectory() as folder:
            try:
                prints_what_the_book_prints(ROOT / "site", [name], lambda source: True, Path(folder))
            except (AssertionError, CellExecutionError) as error:
                wrong += 1
                print(f"{name}: {error}", flush=True)
            else:
                print(f"{name}: all works", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
