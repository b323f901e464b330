"""The process that runs mutants: imports matplotlib and torch once, and forks a child for each.

It reads JSON lines, first its settings, then jobs, and answers each with how the child ended. A child runs the mutant in a
folder of its own, as the build would run it, compares what a page would show with what the snippet itself leaves there, and
then runs the doctests.
"""

import io
import json
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import time
import traceback
from contextlib import redirect_stdout
from pathlib import Path

from bench.mutants import shown
from downhill.execution import child
from downhill.execution.examples import tried
from downhill.execution.preload import preload

MEMORY = 8 * 2**30  # bytes of address space; a mutant may ask for any number of them
WALL = 60  # times the limit of processor time: a mutant may also wait, and a busy machine lets all wait


def main() -> None:
    """Answer jobs until the standard input ends."""
    settings = json.loads(sys.stdin.readline())
    preload(settings)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(job: dict) -> dict:
    """Return how a job ended in a child of its own: what of a page it changed, and whether the doctests failed."""
    process = multiprocessing.get_context("fork").Process(target=run, args=(job,))
    process.start()
    process.join(WALL * job["limit"])
    if process.is_alive():
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    result = Path(job["folder"], "result.json")
    return json.loads(result.read_text()) if result.exists() else {"stopped": f"status {process.exitcode}"}


def run(job: dict) -> None:
    """Run one mutant and its doctests; leave in its folder what came of it, bit by bit: a later part may never end."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (job["limit"], job["limit"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    folder = Path(job["folder"])
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(os.open(folder / "stderr", os.O_WRONLY | os.O_CREAT), 2)
    os.chdir(folder / "workplace")
    show, printed = shown.Show(), io.StringIO()
    try:
        with redirect_stdout(printed):
            program = {"file": "snippet.py", "source": job["source"], "workplace": os.getcwd(), "cells": []}
            namespace, *_ = child.run(program, show)
        seen = shown.observe(printed.getvalue(), namespace, show, job["quotes"])
    except BaseException as error:
        leave(folder, {"stopped": "".join(traceback.format_exception_only(error)).strip()[:200]})
        os._exit(0)
    if job["base"] is None:
        (folder / "seen").write_bytes(pickle.dumps(seen))
        result = {"page": False, "record": False}
    else:
        result = shown.compare(pickle.loads(Path(job["base"]).read_bytes()), seen)
    leave(folder, result | {"doctests": "does not end"})
    result["doctests"] = next(filter(None, tried(job["source"], "snippet.py", namespace).values()), "")[:200]
    leave(folder, result | {"seconds": time.process_time()})
    os._exit(0)


def leave(folder: Path, result: dict) -> None:
    (folder / "part").write_text(json.dumps(result), encoding="utf-8")
    os.replace(folder / "part", folder / "result.json")


if __name__ == "__main__":
    main()
