"""Which programs rounding decides: what they leave where the processor's own instructions are used.

The build fixes the instructions, so that all x86 processors give the same digits; a reader's Python takes what the machine
has. `python -m bench.rounding` runs all programs that way, `python -m bench.rounding momentum/` some, and keeps in
data/rounding.json in which printed lines and quoted values they differ from the record, and in which numbers of a figure by
more than its tolerance. From there pages tell it. A processor that has no others than those that are fixed is refused.
"""

import argparse
import datetime
import json
import re
import sys
from pathlib import Path
from unittest.mock import patch

from bench.book import ROOT
from downhill.execution import cache, record, runner
from downhill.manuscript.book import Book
from downhill.markdown import needs

FREE = {name: value for name, value in cache.STEADY.items() if name not in cache.INSTRUCTIONS}
FIGURE = re.compile(r"(figure \d+) .*")
WIDER = "avx512f"  # an instruction of the processor beyond those that are fixed, as Linux calls it


def differences(book: Book, names: list[str]) -> dict[str, list[str]]:
    """Run programs with the processor's own instructions; return what of each is another thing than is recorded."""
    with patch.object(cache, "STEADY", FREE), patch.object(runner, "STEADY", FREE):
        found = record.all_taken(book, runner.run(book, names, timeout=3_600))
    differ = {name: [] for name in names}
    for told in record.differences(book, found, everything=False):
        if told.name in book.shown and (told.what.startswith("figure") <= (not told.tolerable)):
            cell = f"{told.name.rpartition('/')[2]}: " if told.name in book.cells else ""
            differ[book.runs_in(told.name)].append(cell + FIGURE.sub(r"\1", told.what))
    return {name: [*dict.fromkeys(said)] for name, said in differ.items()}


def keep(book: Book, measured: dict[str, list[str]]) -> None:
    """Write what was found beside what was found before, of programs that are still there: a line for each."""
    new = {name: [needs.known(book.programs[name]), *differ] for name, differ in measured.items()}
    kept = {name: entry for name, entry in sorted((needs.rounded(book.root) | new).items()) if name in book.programs}
    rows = ",\n".join(f'  "{name}": {json.dumps(entry, ensure_ascii=False)}' for name, entry in kept.items())
    text = f'{{\n "date": "{datetime.date.today()}",\n "programs": {{\n{rows}\n }}\n}}\n'
    (book.root / needs.ROUNDING).write_text(text, encoding="utf-8")


def main() -> int:
    top = argparse.ArgumentParser(prog="python -m bench.rounding", description=__doc__.splitlines()[0])
    top.add_argument("names", nargs="*", help="programs, by stem, chapter/name, or folder (default: those nobody has tried)")
    names, book = top.parse_args().names, Book(ROOT)
    if WIDER not in Path("/proc/cpuinfo").read_text(encoding="utf-8").split():
        sys.exit(
            f"this processor has no {WIDER}: its own instructions are those that the build fixes, and nothing would differ"
        )
    chosen = book.select(names) if names else needs.untried(book)
    measured = differences(book, chosen) if chosen else {}
    keep(book, measured)
    print(*(f"{name}: {', '.join(differ)}" for name, differ in measured.items() if differ), sep="\n")
    print(f"{sum(map(bool, measured.values()))} of {len(measured)} programs leave something else; wrote {needs.ROUNDING}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
