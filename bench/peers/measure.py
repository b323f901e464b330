"""Runs a command and measures it: wall-clock time, processor time and the peak memory of it and everything it starts."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench import BenchError

QUIET = 10  # per cent of the processors' time that others may use
INTERVAL = 1  # second between two looks at the memory
ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl


@dataclass
class Measured:
    """One command, or several one after the other: seconds on the clock, seconds of processors, MB at the worst moment."""

    seconds: float
    cpu: float
    peak_mb: float

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.seconds + other.seconds, self.cpu + other.cpu, max(self.peak_mb, other.peak_mb))


def busy(must_be_quiet: bool) -> float:
    """Return how busy the machine is, in per cent; BenchError where it must be quiet and is not."""
    found = psutil.cpu_percent(interval=5)
    print(f"before the start the machine is busy to {found:.0f} %")
    if must_be_quiet and found > QUIET:
        raise BenchError(f"the machine is not quiet: wait until less than {QUIET} % of its processors' time is in use")
    return found


def adopt_orphans() -> None:
    """Become the parent of processes whose parent ends before them, so that their processor time is counted too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)


def run(command: list, *, cwd: Path, env: dict[str, str], log: Path) -> Measured:
    """Run a command to its end; BenchError, with the end of its log, if it fails."""
    before, start = _cpu(), time.perf_counter()
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        watch = Watch()
        status = process.wait()
        seconds = time.perf_counter() - start
    peak = watch.stop()
    _reap()
    if status:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])
        raise BenchError(f"{' '.join(map(str, command))}: ended with status {status}; the end of {log}:\n{tail}")
    return Measured(round(seconds, 2), round(_cpu() - before, 2), round(peak))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap() -> None:
    """Wait for what the command left behind, so that its time is counted and it disturbs no later measurement."""
    left = psutil.Process().children(recursive=True)
    _, alive = psutil.wait_procs(left, timeout=5)
    for process in alive:
        process.kill()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


class Watch(threading.Thread):
    """Looks again and again at the memory of all processes that the bench has started, and remembers the most it saw."""

    def __init__(self):
        super().__init__(daemon=True)
        self.bench, self.most, self.ended = psutil.Process(), 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            self.most = max(self.most, sum(map(_memory, self.bench.children(recursive=True))))

    def stop(self) -> float:
        """Return the most memory seen, in MB."""
        self.ended.set()
        self.join()
        return self.most / 2**20


def _memory(process: psutil.Process) -> int:
    """Return a process's bytes; pages shared by several, as after a fork, count in equal parts (PSS) where that is known."""
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0  # it has just ended
    return getattr(full, "pss", full.rss)
