"""The process that runs snippets: imports torch and matplotlib once, then forks a child for each snippet.

It is started by runner.py with a clean environment, reads one JSON line with the jobs, and writes one JSON line for each
snippet that starts or ends. A child takes what `plt.show()` would show, in every language, and leaves it in a file.
"""

import json
import linecache
import logging
import multiprocessing
import os
import signal
import sys
import time
import traceback
import types
import warnings
from multiprocessing import connection
from pathlib import Path

FIGURES, PRINTED, RESULT = "figures", "printed", "result.json"
LONGEST_OUTPUT = 100_000  # bytes that a snippet may print


class SnippetError(Exception):
    """What a snippet did that no snippet may do."""


def main() -> None:
    """Run the jobs that stand on the first line of the standard input, a given number at a time."""
    order = json.loads(sys.stdin.readline())
    folder = Path(order["folder"])
    preload(Path(order["matplotlibrc"]), folder, order["torch"])
    context = multiprocessing.get_context(order["start"])
    waiting, running = list(order["jobs"]), {}
    try:
        while waiting or running:
            while waiting and len(running) < order["parallel"]:
                job = waiting.pop(0)
                process = context.Process(target=child, args=(job, order["matplotlibrc"], str(folder)))
                process.start()
                running[process] = (job, time.monotonic())
                say(event="start", name=job["name"])
            limits = [start + job["timeout"] for job, start in running.values()]
            parent = [sys.stdin.fileno()] if os.name == "posix" else []
            ready = connection.wait([p.sentinel for p in running] + parent, max(0.0, min(limits) - time.monotonic()))
            if parent and parent[0] in ready:
                raise BrokenPipeError  # the parent holds the other end as long as it lives
            for process, (job, start) in list(running.items()):
                late = time.monotonic() - start >= job["timeout"]
                if process.is_alive() and not late:
                    continue
                del running[process]
                say(event="end", name=job["name"], **finish(process, job, late, time.monotonic() - start))
    finally:
        for process in running:
            kill(process)


def say(**event) -> None:
    print(json.dumps(event), flush=True)


def kill(process) -> None:
    """End a child and whatever it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    except ProcessLookupError:
        process.kill()


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
        return end | {"error": f"killed by {signal.Signals(-process.exitcode).name} (out of memory?)"}
    if not path.exists():
        return end | {"error": f"ended its process (status {process.exitcode}) before it was through"}
    return end | json.loads(path.read_text(encoding="utf-8"))


def preload(matplotlibrc: Path, folder: Path, torch: bool) -> None:
    """Import what snippets import, torch only if one of them does, and set how figures look."""
    from downhill import figures, torchvision_ops

    if torch:
        torchvision_ops.ready()
    import matplotlib.pyplot  # noqa: F401
    import numpy  # noqa: F401

    figures.use_style(matplotlibrc, folder)


def child(job: dict, matplotlibrc: str, folder: str) -> None:
    """Run one snippet in its own process, and leave what it showed, printed and computed in `job["out"]`."""
    if hasattr(os, "setsid"):
        os.setsid()
    out = Path(job["out"])
    if "matplotlib" not in sys.modules:
        preload(Path(matplotlibrc), Path(folder), "torch" in job["source"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(out / PRINTED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", encoding="utf-8", closefd=False)
    os.chdir(job["workplace"])
    shown: dict[str, list[str]] = {language: [] for language in job["translations"]}
    try:
        namespace = run(job, shown)
        sys.stdout.flush()
        if (out / PRINTED).stat().st_size > LONGEST_OUTPUT:
            raise SnippetError(f"prints more than {LONGEST_OUTPUT} bytes")
        result = {"values": saved(namespace), "peak_mb": peak()}
    except BaseException as error:  # SystemExit too: a snippet that exits is a failure
        result = {"error": describe(error), "line": line_of(error, job["file"]), "traceback": traceback.format_exc()}
    (out / FIGURES).write_text(json.dumps(shown), encoding="utf-8")
    (out / "part").write_text(json.dumps(result), encoding="utf-8")
    os.replace(out / "part", out / RESULT)
    os._exit(0)  # a thread that the snippet left behind does not hold the build


def run(job: dict, shown: dict[str, list[str]]) -> dict:
    """Execute the snippet as the program `__main__`; return its namespace."""
    import matplotlib.pyplot as plt

    from downhill import figures

    def show(*_, **__) -> None:
        for number in plt.get_fignums():
            drawn = figures.draw(plt.figure(number), f"{job['name']}-{number}", job["translations"])
            for language, svg in drawn.items():
                shown[language].append(svg)
        plt.close("all")

    logging.getLogger("matplotlib").addHandler(Complaint())
    plt.show = show
    file, source = job["file"], job["source"]
    module = types.ModuleType("__main__")
    module.__file__ = file
    sys.modules["__main__"] = module
    sys.argv = [file]
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph")
        exec(compile(source, file, "exec"), module.__dict__)
    if plt.get_fignums():
        raise SnippetError("draws a figure that it does not show: plt.show() is missing at its end")
    return module.__dict__


class Complaint(logging.Handler):
    """Turns what matplotlib only logs (a missing glyph or font) into an error."""

    def __init__(self):
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        raise SnippetError(f"matplotlib warns: {record.getMessage()}")


def describe(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"exits (SystemExit: {error.code}); a snippet runs to its end"
    text = str(error)
    return text if type(error).__name__ in ("SnippetError", "FigureError") else f"{type(error).__name__}: {text}"


def line_of(error: BaseException, file: str) -> int | None:
    """Return the line of the snippet at which it failed."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return lines[-1] if lines else None


def peak() -> int:
    """Return the largest memory this process has used, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)


def saved(namespace: dict) -> dict:
    """Return what pages may quote of a snippet: its module-level numbers, texts, lists, dictionaries and arrays, as JSON."""
    values = {}
    for name, value in namespace.items():
        if not name.startswith("_") and (kept := packed(value)) is not None:
            values[name] = kept
    return values


def packed(value, room: int = 20_000):
    """Return a value as JSON that `downhill.values` unpacks, or None for what cannot be quoted."""
    if isinstance(value, bool | int | float | str):
        return value
    if hasattr(value, "detach") and hasattr(value, "numpy"):
        value = value.detach().cpu().numpy()
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        if not value.shape:
            return packed(value.item())
        return {"array": value.tolist()} if value.dtype.kind in "biuf" and value.size <= room else None
    if isinstance(value, list | tuple | dict):
        parts = [part for item in value.items() for part in item] if isinstance(value, dict) else list(value)
        parts = [packed(part, room) for part in parts]
        fits = len(parts) <= room and all(part is not None for part in parts)
        return {type(value).__name__: parts} if fits and type(value) in (list, tuple, dict) else None
    if hasattr(value, "__len__") and not isinstance(value, type):
        return {"length": len(value)}  # a data set: how many examples the run really saw
    return None


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(130)  # whoever started this process is gone, or wants it gone
