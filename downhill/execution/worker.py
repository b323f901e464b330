"""The process that runs snippets: imports matplotlib and torch once, and forks a child for each snippet.

runner.py starts it with a clean environment. It reads JSON lines, first its settings, then orders, and writes a JSON line for
each snippet that starts or ends. A child leaves in its folder what the snippet printed, computed, and would have shown.
"""

import json
import multiprocessing
import os
import shutil
import signal
import sys
import time
from multiprocessing import connection
from pathlib import Path

from downhill.execution.child import BEGUN, RESULT, child
from downhill.execution.preload import importing, preload


def main() -> None:
    """Carry out the orders that come on the standard input; end when whoever gives them has gone."""
    settings = json.loads(sys.stdin.readline())
    try:
        preload(settings)
        for line in sys.stdin:
            carry_out(json.loads(line), settings)
            say(event="done")
    finally:
        shutil.rmtree(settings["folder"], ignore_errors=True)  # whoever gave it may have been killed


def carry_out(order: dict, settings: dict) -> None:
    """Run the jobs of an order, in their order, a given number at a time."""
    context, settings = multiprocessing.get_context(settings["start"]), {**settings, "guarded": order["guarded"]}
    waiting, running = list(order["jobs"]), {}

    def begin(job: dict) -> None:
        waiting.remove(job)
        process = context.Process(target=apart, args=(job, settings))
        process.start()
        running[process] = (job, time.monotonic())
        say(event="start", name=job["name"])

    imports = iter(())
    if settings["start"] == "fork" and "torch" not in sys.modules and any(job["torch"] for job in waiting):
        imports = importing()  # takes seconds: meanwhile what does without can run
    try:
        while waiting or running:
            busy = next(imports, "done") != "done"
            for job in [job for job in waiting if not (busy and job["torch"])][: order["parallel"] - len(running)]:
                begin(job)
            limits = [0] if busy else [start + job["timeout"] for job, start in running.values()]
            parent = [sys.stdin.fileno()] if os.name == "posix" else []
            ready = connection.wait([p.sentinel for p in running] + parent, max(0.0, min(limits) - time.monotonic()))
            if parent and parent[0] in ready:
                raise BrokenPipeError  # no order comes before this one is done: the other end is closed
            for process, (job, start) in list(running.items()):
                late = time.monotonic() - start >= job["timeout"]
                if process.is_alive() and not late:
                    continue
                del running[process]
                say(event="end", name=job["name"], **placed(job, finish(process, job, late, time.monotonic() - start)))
    finally:
        for process in running:
            kill(process)


def apart(job: dict, settings: dict) -> None:
    """Carry out a job in a process of its own, which ends on a signal as any does."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    child(job, settings)


def say(**event) -> None:
    print(json.dumps(event), flush=True)


def kill(process) -> None:
    """End a child and whatever it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    except ProcessLookupError:
        process.kill()


def end(*_) -> None:
    """End at once, with whatever runs: an exception would get lost where a signal comes between two imports."""
    for process in multiprocessing.active_children():
        kill(process)
    os._exit(1)


def placed(job: dict, end: dict) -> dict:
    """Return how a child ended; of a notebook that failed at no line, at least with that of the cell that ran."""
    begun = Path(job["out"], BEGUN)
    if "error" not in end or end.get("line") or not begun.exists():
        return end
    return end | {"line": int(begun.read_text(encoding="utf-8"))}


def finish(process, job: dict, late: bool, seconds: float) -> dict:
    """Return how a child ended: its error, if any, with the line of the snippet, its time and its peak memory."""
    if late and process.is_alive():
        kill(process)
    process.join()
    end = {"seconds": round(seconds, 2)}
    path = Path(job["out"], RESULT)
    if late:
        return end | {"error": f"still running after {job['timeout']} s, the time limit, and was stopped"}
    if process.exitcode and process.exitcode < 0:
        name = signal.Signals(-process.exitcode).name
        return end | {"error": f"killed by {name}" + (" (out of memory?)" if name == "SIGKILL" else "")}
    if not path.exists():
        return end | {"error": f"ended its process (status {process.exitcode}) before it was through"}
    return end | json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(130)  # whoever started this process is gone, or wants it gone
