"""Makes one mistake after the other in the snippets, and asks who notices: `python -m bench.mutants [chapter/name ...]`."""

import argparse
import datetime
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import BenchError, results
from bench.book import ROOT
from bench.mutants import mutations, report
from downhill.execution import cache, data, record
from downhill.execution.runner import cores, environment
from downhill.manuscript.book import Book

KEPT_RESULTS = ROOT / ".cache" / "mutants"
HERE = Path(__file__).parent
SAMPLE, BUDGET = 16, 120  # of a snippet's mutants run as many as it takes so many seconds for alone, but so many at least
LEAST, TIMES = 5, 4  # a mutant gets so many seconds of processor time, or so many times as long as the snippet


def main() -> int:
    """Do what the command line says; return the exit status."""
    options = parser().parse_args()
    try:
        if options.install:
            return 0
        if options.markdown:
            print(report.markdown(results.read("mutants", options)))
            return 0
        book, out = Book(ROOT), options.out or HERE
        before = results.earlier("mutants", out).get("snippets", {})
        names = chosen(book, options.names) if options.names else new(book, before)
        found = everything(book, names, options.cores, options.budget)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    known = before | found
    results.write("mutants", out, {"snippets": {name: known[name] for name in book.snippets if name in known}})
    print(report.survivors({"snippets": found}, report.reasons()))
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = results.parser("mutants", __doc__)
    top.add_argument("names", nargs="*", metavar="chapter/name", help="these snippets, or all that begin so (default: new)")
    top.add_argument("--cores", type=int, default=cores(), help="how many mutants run at a time (default: one a core)")
    top.add_argument("--budget", type=float, default=BUDGET, help=f"seconds that a snippet's mutants may take ({BUDGET})")
    return top


def chosen(book: Book, prefixes: list[str]) -> list[str]:
    """Return the snippets whose names begin with one of prefixes; all if there is none."""
    for prefix in prefixes:
        if not any(name.startswith(prefix) for name in book.snippets):
            raise BenchError(f"no snippet's name begins with “{prefix}”")
    return [name for name in book.snippets if name.startswith(tuple(prefixes))]


def new(book: Book, before: dict[str, dict]) -> list[str]:
    """Return the snippets that have not run as they are now, with the versions that are installed."""
    return [name for name, source in book.snippets.items() if before.get(name, {}).get("of") != of(source)]


def of(source: str) -> str:
    """Return what tells a snippet, with its doctests, and the versions of what it runs on, from others."""
    return hashlib.sha256(json.dumps([source, cache.versions()]).encode()).hexdigest()[:8]


def drawn(book: Book, name: str, budget: float) -> int:
    """Return how many mutants of a snippet run, by its time in data/seconds.json, imports apart."""
    _, seconds, *imports = cache.timed(book.root)["alone"].get(name, ("", 0))
    return max(SAMPLE, int(budget / max(seconds - sum(imports), 0.1)))


def everything(book: Book, names: list[str], parallel: int, budget: float) -> dict[str, dict]:
    """Run the mutants of some snippets; return what came of each."""
    raw = data.unpacked(book.root, book.cache)
    KEPT_RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(parallel) as pool:
        crew = Crew(Path(folder), raw, parallel)
        try:
            return {name: snippet(book, name, crew, pool, budget) for name in names}
        finally:
            crew.end()


def snippet(book: Book, name: str, crew: "Crew", pool: ThreadPoolExecutor, budget: float) -> dict:
    """Run a snippet and its mutants, those alone that no earlier run has; return how they ended."""
    start, source = time.monotonic(), book.snippets[name]
    mutants = mutations.of(name, source)
    made, mnist = len(mutants), cache.reads_mnist(source)
    order = random.Random(name).sample(range(made), made)
    mutants = [mutants[i] for i in sorted(order[: drawn(book, name, budget)])]
    kept = Kept(book, name)
    todo = [mutant for mutant in mutants if kept.result(mutant.source) is None]
    if todo:
        base, seconds = crew.base(source, kept.quotes, mnist)
        limit = int(max(LEAST, TIMES * seconds))
        jobs = [
            {"source": mutant.source, "quotes": kept.quotes, "mnist": mnist, "base": base, "limit": limit} for mutant in todo
        ]
        for mutant, ended in zip(todo, pool.map(crew.run, jobs), strict=True):
            kept.keep(mutant.source, ended)
    found = report.summed([(mutant, kept.result(mutant.source)) for mutant in mutants])
    seconds, left = time.monotonic() - start, len(found["survivors"])
    print(f"{name:55}{len(mutants):4} of {made} mutants, {left} survive, {seconds:.1f} s", file=sys.stderr, flush=True)
    return {"date": datetime.date.today().isoformat(), "of": of(source), "made": made} | found


class Kept:
    """The results of earlier runs of a snippet's mutants: a file with a JSON line each, which grows."""

    def __init__(self, book: Book, name: str):
        self.quotes = record.quotes(book).get(name, [])
        tools = [(HERE / file).read_text(encoding="utf-8") for file in ("worker.py", "shown.py")]
        tools += cache.machinery((*cache.RUNNING, "execution/figures/marks.py", "execution/record.py"))
        self.about = [name, book.snippets[name], self.quotes, cache.versions(), data.checksums(book.root), tools]
        self.path = KEPT_RESULTS / f"{name.replace('/', '.')}.jsonl"
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        self.found = dict(json.loads(line) for line in lines)

    def digest(self, source: str) -> str:
        """Return what decides how a mutant ends: the snippet with its doctests, the mutant, the data, the tools."""
        return hashlib.sha256(json.dumps([*self.about, source]).encode()).hexdigest()[:20]

    def result(self, source: str) -> dict | None:
        """Return how a mutant ended; None if it has not run."""
        return self.found.get(self.digest(source))

    def keep(self, source: str, ended: dict) -> None:
        """Keep how a mutant ended, at once."""
        self.found[self.digest(source)] = ended
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([self.digest(source), ended]) + "\n")


class Crew:
    """Some processes of worker.py; each is asked by one thread at a time."""

    def __init__(self, folder: Path, raw: Path, size: int, torch: bool = True):
        self.folder, self.raw, self.torch = folder, raw, torch
        self.idle = [self._worker() for _ in range(size)]
        self.all = list(self.idle)

    def _worker(self) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "-m", "bench.mutants.worker"],
            env=environment(ROOT / ".cache" / "matplotlib"),
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        settings = {"folder": str(self.folder), "matplotlibrc": str(ROOT / "matplotlibrc"), "torch": self.torch}
        worker.stdin.write(json.dumps(settings) + "\n")
        return worker

    def base(self, source: str, quotes: list[str], mnist: bool) -> tuple[str, float]:
        """Run the snippet itself; return the file with what it shows, and how long it computed, with its doctests."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        job = {"source": source, "quotes": quotes, "mnist": mnist, "base": None, "limit": 600}
        ended = self.run(job, folder)
        if ended.get("doctests") != "":
            raise BenchError(f"the snippet itself fails: {ended}")
        return str(folder / "seen"), ended["seconds"]

    def run(self, job: dict, folder: Path | None = None) -> dict:
        """Run one job on an idle worker, in an empty folder."""
        own = folder or Path(tempfile.mkdtemp(dir=self.folder))
        (own / "workplace").mkdir()
        if job["mnist"]:
            data.furnish(own / "workplace", self.raw)
        worker = self.idle.pop()
        try:
            worker.stdin.write(json.dumps(job | {"folder": str(own)}) + "\n")
            worker.stdin.flush()
            return json.loads(worker.stdout.readline())
        finally:
            self.idle.append(worker)
            if folder is None:
                shutil.rmtree(own, ignore_errors=True)

    def end(self) -> None:
        """End the processes."""
        for worker in self.all:
            worker.communicate()


if __name__ == "__main__":
    sys.exit(main())
