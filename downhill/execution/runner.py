"""Runs the snippets that have changed, longest first, a core each, and draws again those whose words alone have changed."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from downhill import BookError
from downhill.execution import data, report
from downhill.execution.cache import CELLS, RUN, STEADY, Cache, Result, figure_words, reads_mnist, times, uses_torch
from downhill.execution.child import DRAWN, FIGURES
from downhill.manuscript import localize
from downhill.manuscript.book import Book

TIMEOUT, NOTEBOOK = 300, 600  # seconds that a snippet and a notebook may run
START = "fork" if sys.platform == "linux" else "spawn"  # how a child starts; forking is faster, and safe on Linux only
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
PACKAGE = Path(__file__).parents[2]  # where downhill is imported from


def run(
    book: Book,
    names: Iterable[str] | None = None,
    *,
    force: bool = False,
    parallel: int | None = None,
    timeout: float = TIMEOUT,
    raw: Path | None = None,
    say: report.Report | None = None,
    worker: "Worker | None" = None,
) -> dict[str, Result]:
    """Return the results of the named snippets (of all), running those that are not in the cache.

    `raw` is a folder with the original MNIST files, to be read instead of the reduced ones; `worker` one that is kept.
    Raises BookError, with page, snippet, line and error of every snippet that failed, when all have ended.
    """
    localize.require(book.paths)
    cache, say = Cache(book, bool(raw)), say or report.Report()
    names = sorted(book.programs if names is None else names)
    results = {} if force else {name: result for name in names if (result := cache.result(name))}
    missing = by_length(book, [name for name in names if name not in results], cache.seconds())
    say.begin(names, list(results))
    if not missing:
        return results
    kept = {} if force else {name: figures for name in missing if (figures := cache.figures(name)) is not None}
    raw = raw or (data.unpacked(book.root, book.cache) if any(reads_mnist(book.programs[n]) for n in missing) else None)
    failures, seconds = [], {}
    try:
        with worker or Worker(book) as crew:
            for name, end in crew.carry_out(book, missing, kept, raw, parallel or cores(), timeout, say.start):
                if "error" in end:
                    failures.append(_failure(book, name, end))
                elif name in kept:
                    results[name] = cache.keep(name, end["drawn"])
                else:
                    seconds[name] = end["seconds"]
                    measured = {key: end[key] for key in (*RUN, CELLS) if key in end}
                    results[name] = cache.keep(name, end["drawn"], measured, end["figures"])
                say.end(name, "failed" if "error" in end else "drawn" if name in kept else "run", end)
    finally:
        say.close()
    cache.note_seconds(seconds)
    if failures:
        raise BookError("\n".join(failures))
    return results


def environment(styles: str | Path) -> dict[str, str]:
    """Return the environment of a process that runs snippets: no user's settings, and `styles` for what matplotlib keeps."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | STEADY | {"PYTHONPATH": str(PACKAGE), "MPLCONFIGDIR": str(styles)}


def cores() -> int:
    """Return how many cores this process may use."""
    import joblib  # it takes longer to import than a build in which nothing runs can spare

    return joblib.cpu_count()


def by_length(book: Book, names: list[str], seconds: dict[str, float]) -> list[str]:
    """Return names, the longest first: as measured; else notebooks, what trains on MNIST, what uses torch, the rest."""
    known = times(book.root)["alone"] | seconds

    def guess(name: str) -> float:
        source = book.programs[name]
        long = 60.0 if name in book.labs else 10.0 if reads_mnist(source) else 2.0 if uses_torch(source) else 1.0
        return known.get(name, long)

    return sorted(names, key=guess, reverse=True)


def _failure(book: Book, name: str, end: dict) -> str:
    """Return the sentence that tells how a program failed: page, file, line, cell, error, and the traceback below it."""
    cell = book.cell_at(name, end.get("line"))
    shown = ", ".join(fence.place for fence in book.fences(cell.name if cell else name)) or "(no page)"
    line = f":{end['line']}" if end.get("line") else ""
    of = f"cell {cell.name.rpartition('/')[2]}: " if cell else ""
    text = f"{shown}: {book.place(name)}{line}: {of}{end['error']}"
    return text + ("\n" + end["traceback"].rstrip().replace("\n", "\n    ") if end.get("traceback") and not line else "")


class Worker:
    """The process of worker.py, and the folder in which its children work, outside the book; to be used in a `with`.

    One to which no order comes at once (`idle`), in a book that uses torch, imports it in the meantime.
    """

    def __init__(self, book: Book, idle: bool = False):
        self.depth, self.style = 0, book.style  # one that is kept is entered once for all
        self.folder = Path(tempfile.mkdtemp(prefix="downhill-")).resolve()
        styles = str(book.cache / "matplotlib")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "downhill.execution.worker"],
            env=environment(styles),
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # Ctrl+C is for this process, which ends that one
        )
        paths = {"folder": str(self.folder), "matplotlibrc": str((book.root / "matplotlibrc").resolve())}
        self._tell({"start": START, "torch": idle, "package": str(PACKAGE), "readable": [styles]} | paths)

    def __enter__(self):
        self.depth += 1
        return self

    def __exit__(self, *error) -> None:
        self.depth -= 1
        if self.depth and any(error):  # in the midst of an order: it is not ready for the next one
            self.process.terminate()
            self.process.wait()
        elif not self.depth:
            self.process.terminate()
            self.process.communicate()
            shutil.rmtree(self.folder, ignore_errors=True)

    def fits(self, book: Book) -> bool:
        """Return whether it can run a book's snippets: it lives, and has imported the book's style of figures."""
        return self.process.poll() is None and self.style == book.style

    def _tell(self, message: dict) -> None:
        try:
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:  # it has died; whoever reads its answer finds out
            pass

    def carry_out(self, book, names, kept: dict[str, bytes], raw: Path | None, parallel: int, timeout: float, started):
        """Run snippets, or draw the kept figures of one again; yield (name, how it ended and what it left) as they end."""
        jobs = {name: self._job(book, name, kept.get(name), raw, timeout) for name in names}
        self._tell({"jobs": list(jobs.values()), "parallel": parallel, "guarded": str(book.root.resolve())})
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == "done":
                return
            if event["event"] == "start":
                started(event["name"])
                continue
            out = Path(jobs[event["name"]]["out"])
            if "error" not in event:
                event |= {"drawn": (out / DRAWN).read_bytes(), "figures": (out / FIGURES).read_bytes()}
            shutil.rmtree(out.parent, ignore_errors=True)
            yield event["name"], event
        status = self.process.wait()
        raise BookError(f"the process that runs the snippets ended early (status {status}); what has run is kept: run it again")

    def _job(self, book: Book, name: str, kept: bytes | None, raw: Path | None, timeout: float) -> dict:
        workplace, out = self.folder / f"{name}/workplace", self.folder / f"{name}/out"
        shutil.rmtree(workplace.parent, ignore_errors=True)
        workplace.mkdir(parents=True)
        out.mkdir()
        if kept is not None:
            (out / FIGURES).write_bytes(kept)
        elif reads_mnist(book.programs[name]):
            data.furnish(workplace, raw)
        return {
            "name": name,
            "file": book.place(name),
            "source": book.programs[name],
            "cells": [[cell.name, cell.above, cell.source] for cell in book.cells.values() if cell.lab == name],
            "redraw": kept is not None,
            "torch": kept is None and uses_torch(book.programs[name]),
            "translations": figure_words(book, name),
            "timeout": NOTEBOOK if name in book.labs else timeout,
            "workplace": str(workplace),
            "out": str(out),
            "readable": [str(raw.resolve())] if raw else [],
        }
