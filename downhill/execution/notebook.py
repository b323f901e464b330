"""A notebook in a process of its own: its cells one by one in one namespace, with what each of them printed and showed."""

import json
import linecache
import os
import sys
import warnings
from pathlib import Path

from downhill.execution import child as snippet
from downhill.execution.guard import SnippetError
from downhill.execution.printed import settled

BEGUN, CELLS = "begun", "cells.json"  # the line at which the cell that runs begins; what each cell left
CONVOLUTIONS = {"ONEDNN_MAX_CPU_ISA": "AVX2"}  # as cache.STEADY: the same digits on every x86 machine
begin = snippet.run


def child(job: dict, settings: dict) -> None:
    """Run a notebook as child.py runs a snippet, cell by cell; this process runs nothing else."""
    os.environ.update(CONVOLUTIONS)
    snippet.run = run
    snippet.child(job, settings)


def run(job: dict, show: snippet.Show) -> dict:
    """Execute the cells as the program `__main__`; return its namespace, and leave in a file what each cell left."""
    import matplotlib.pyplot as plt

    file, source, out = job["file"], job["source"], Path(job["out"])
    space = begin(job | {"source": ""}, show)
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    left, shown, written = {}, 0, 0
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph")
        for cell, above, text in job["cells"]:
            (out / BEGUN).write_text(str(above + 1), encoding="utf-8")
            exec(compile("\n" * above + text, file, "exec"), space)
            sys.stdout.flush()
            if plt.get_fignums():
                raise SnippetError("draws a figure that it does not show: plt.show() is missing at its end")
            raw = (out / snippet.PRINTED).read_bytes()
            left[cell] = [settled(raw[written:]), shown, len(show.kept)]
            written, shown = len(raw), len(show.kept)
    (out / CELLS).write_text(json.dumps(left), encoding="utf-8")
    return space


def end(job: dict, ended: dict) -> dict:
    """Return how a notebook ended, with what its cells left, or at least with the line of the cell that failed."""
    out = Path(job["out"])
    if "error" not in ended:
        return ended | {"cells": json.loads((out / CELLS).read_text(encoding="utf-8"))}
    if ended.get("line") or not (out / BEGUN).exists():
        return ended
    return ended | {"line": int((out / BEGUN).read_text(encoding="utf-8"))}
