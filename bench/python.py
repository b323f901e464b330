"""Measures how long programs take: on a core of their own, as the last build noted it, and in a page, in processor time.

`python -m bench.python` visits the built site (`make build` first, with Python for the pages), runs every program there in both
languages, and writes data/seconds.json, from which pages tell what is slow. It ends with 1 where a program leaves in a page
something else than is recorded.
"""

import datetime
import json
import os
import platform
import sys

import psutil

from bench.book import ROOT
from downhill import LANGUAGES
from downhill.execution.cache import TIMES, Cache
from downhill.markdown.needs import LONG, LONG_IN_PAGE
from downhill.site.chromium import chromium
from tests.book import BOOK
from tests.programs import PROGRAMS, faults, run
from tests.server import serve

WARM = "gradient_descent/learning_rates"  # the first figure of a Python takes longer than its program
KEPT = 0.5  # of the limit from which on pages tell: what takes less is not kept


def busy() -> float:
    """Return the processor time, in seconds, of the browser so far, all its processes together."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True) if process.is_running()]
    return sum(time.user + time.system for time in times)


def in_page(address: str, language: str) -> tuple[dict[str, float], list[str]]:
    """Return the seconds of each program in a page of a language, and what it left there that is not recorded."""
    seconds, found = {}, []
    with chromium() as browser:
        page = browser.new_context(service_workers="block").new_page()
        page.goto(f"{address}{language}/momentum/")
        run(page, [WARM], language)
        for name in PROGRAMS:
            before = busy()
            left = run(page, [name], language)
            seconds[name] = busy() - before
            found += [f"{language}: {fault}" for fault in faults(name, left[name])]
    return seconds, found


def main() -> int:
    """Measure, write, and return 0 only if every program leaves what is recorded."""
    with serve(ROOT / "site") as server:
        measured = [in_page(server.address, language) for language in LANGUAGES]
    page = {name: max(seconds[name] for seconds, _ in measured) for name in PROGRAMS}
    alone = {name: seconds for name, seconds in Cache(BOOK).seconds().items() if name in BOOK.snippets}
    kept = {
        "date": f"{datetime.date.today()}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "alone": {name: round(value, 1) for name, value in sorted(alone.items()) if value >= KEPT * LONG},
        "page": {name: round(value, 1) for name, value in sorted(page.items()) if value >= KEPT * LONG_IN_PAGE},
    }
    (ROOT / TIMES).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(*(fault for _, found in measured for fault in found), f"wrote {TIMES}", sep="\n")
    return 1 if any(found for _, found in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
