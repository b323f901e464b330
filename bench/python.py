"""Measures how long programs take: on a core of their own, imports among it, and in a page; all in processor time.

`python -m bench.python` measures those whose time nobody knows (`make check` names them), `python -m bench.python momentum/`
some of them anew, and writes data/seconds.json, from which pages tell what is slow. It ends with 1 where a program leaves in
a page something else than is recorded, which gives it no time, and where a notebook of the laboratory takes too long.
`--verify` runs in a page all that one can run, in both languages, and writes nothing.
"""

import argparse
import datetime
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from bench.book import ROOT
from downhill import LANGUAGES
from downhill.execution import cache, data, runner
from downhill.markdown import needs
from downhill.site.chromium import chromium
from tests.book import BOOK
from tests.programs import PROGRAMS, faults, run
from tests.server import serve

WARM = "gradient_descent/learning_rates"  # the first figure of a Python takes longer than its program
NOTEBOOK = 60  # seconds that a notebook of the laboratory may take on a core
RUN = """import builtins, runpy, sys, time
real, outer, spent = builtins.__import__, True, 0.0

def counted(*what, **how):
    global outer, spent
    if not outer:
        return real(*what, **how)
    outer, before = False, time.process_time()
    try:
        return real(*what, **how)
    finally:
        outer, spent = True, spent + time.process_time() - before

builtins.__import__ = counted
if "torchvision" in open("program.py", encoding="utf-8").read():
    from downhill.execution import torchvision_ops
    torchvision_ops.ready()
runpy.run_path("program.py", run_name="__main__")
print(spent, file=sys.stderr)
"""


def alone(name: str) -> tuple[float, float]:
    """Return the seconds of processor time of a program as a reader runs it, with what it starts, and those of its imports."""
    with tempfile.TemporaryDirectory() as folder:
        source = BOOK.programs[name]
        Path(folder, "program.py").write_text(source, encoding="utf-8")
        if cache.reads_mnist(source):
            data.furnish(Path(folder), data.unpacked(ROOT, BOOK.cache))
        environment = {key: os.environ[key] for key in runner.KEPT if key in os.environ} | cache.STEADY | {"MPLBACKEND": "agg"}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run(
            [sys.executable, "-c", RUN], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, float(ran.stderr.split()[-1])


def busy() -> float:
    """Return the processor time, in seconds, of the browser so far, all its processes together."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True) if process.is_running()]
    return sum(time.user + time.system for time in times)


def in_page(address: str, language: str, names: list[str]) -> tuple[dict[str, float], list[tuple[str, str]]]:
    """Return the seconds of programs in a page of a language, and what each left there that is not recorded, with its name."""
    seconds, found = {}, []
    with chromium() as browser:
        page = browser.new_context(service_workers="block").new_page()
        page.goto(f"{address}{language}/momentum/")
        run(page, [WARM], language)
        for name in names:
            before = busy()
            left = run(page, [name], language)
            seconds[name] = busy() - before
            found += [(name, f"{language}: {fault}") for fault in faults(name, left[name])]
    return seconds, found


def in_pages(names: list[str]) -> tuple[dict[str, float], list[str]]:
    """Return the seconds in the slower language, of those that leave in both what is recorded, and what the others left."""
    if not names:
        return {}, []
    with serve(ROOT / "site") as server:
        measured = [in_page(server.address, language, names) for language in LANGUAGES]
    found = [fault for _, found in measured for fault in found]
    right = set(names) - {name for name, _ in found}
    slower = {name: max(seconds[name] for seconds, _ in measured) for name in names if name in right}
    return slower, [fault for _, fault in found]


def keep(measured: dict[str, dict[str, tuple[float, ...]]]) -> None:
    """Write what was measured beside what was measured before, of programs that are still there."""
    kept = {"date": f"{datetime.date.today()}", "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"}
    for kind, before in ((kind, cache.timed(ROOT)[kind]) for kind in cache.KINDS):
        rounded = {name: [round(value, 1) for value in values] for name, values in measured[kind].items()}
        new = {name: [needs.known(BOOK.programs[name]), *values] for name, values in rounded.items()}
        kept[kind] = {name: entry for name, entry in sorted((before | new).items()) if name in BOOK.programs}
    (ROOT / cache.TIMES).write_text(written(kept), encoding="utf-8")


def written(kept: dict) -> str:
    """Return what is kept as JSON, with a line for each program."""
    parts = [f' "{key}": {json.dumps(kept[key])}' for key in ("date", "machine")]
    for kind in cache.KINDS:
        rows = [f'  "{name}": {json.dumps(entry)}' for name, entry in kept[kind].items()]
        parts.append(f' "{kind}": {{\n' + ",\n".join(rows) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> int:
    """Measure, write, and return 0 only if every program leaves what is recorded, and no notebook takes too long."""
    top = argparse.ArgumentParser(prog="python -m bench.python", description=__doc__.splitlines()[0])
    top.add_argument("names", nargs="*", help="programs, by stem, chapter/name, or folder (default: those nobody has measured)")
    top.add_argument("--verify", action="store_true", help="run in a page all that one can run, and write nothing")
    options = top.parse_args()
    if options.verify:
        print(*(found := in_pages(PROGRAMS)[1]), f"{len(PROGRAMS)} programs ran in a page", sep="\n")
        return 1 if found else 0
    names = options.names
    chosen = {kind: BOOK.select(names) if names else needs.unmeasured(BOOK, kind) for kind in cache.KINDS}
    page, found = in_pages([name for name in PROGRAMS if name in chosen["page"]])
    measured = {"alone": {name: alone(name) for name in chosen["alone"]}}
    measured["page"] = {name: (seconds,) for name, seconds in page.items()}
    keep(measured)
    late = [name for name in BOOK.labs if cache.times(ROOT)["alone"].get(name, 0) > NOTEBOOK]
    found += [f"{BOOK.place(name)} takes more than {NOTEBOOK} s" for name in late]
    print(*found, f"wrote {cache.TIMES}", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
