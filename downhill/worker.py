"""The process that runs snippets: imports matplotlib and torch once, and forks a child for each snippet.

runner.py starts it with a clean environment. It reads JSON lines, first its settings, then orders, and writes a JSON line for
each snippet that starts or ends. A child leaves in its folder what the snippet printed, computed and would have shown.
"""

import gc
import io
import json
import linecache
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import time
import traceback
import types
import warnings
from multiprocessing import connection
from pathlib import Path

PRINTED, FIGURES, DRAWN, RESULT = "printed", "figures", "drawn.json", "result.json"
LONGEST_OUTPUT, MOST_FIGURES = 100_000, 20  # bytes that a snippet may print, figures that it may show
TOO_LONG = f"prints more than {LONGEST_OUTPUT} bytes"
CHANGING = {"chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir", "symlink", "truncate", "utime"}  # of os
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class SnippetError(Exception):
    """What a snippet did that no snippet may do."""


def main() -> None:
    """Carry out the orders that come on the standard input; end when whoever gives them has gone."""
    settings = json.loads(sys.stdin.readline())
    preload(settings)
    for line in sys.stdin:
        carry_out(json.loads(line), settings)
        say(event="done")


def carry_out(order: dict, settings: dict) -> None:
    """Run the jobs of an order, in their order, a given number at a time."""
    context = multiprocessing.get_context(settings["start"])
    waiting, running = list(order["jobs"]), {}

    def begin(job: dict) -> None:
        waiting.remove(job)
        process = context.Process(target=child, args=(job, settings))
        process.start()
        running[process] = (job, time.monotonic())
        say(event="start", name=job["name"])

    imports = iter(())
    if settings["start"] == "fork" and "torch" not in sys.modules and any(map(uses_torch, waiting)):
        imports = importing()  # takes seconds: meanwhile what does without can run
    try:
        while waiting or running:
            busy = next(imports, "done") != "done"
            for job in [job for job in waiting if not (busy and uses_torch(job))][: order["parallel"] - len(running)]:
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
        name = signal.Signals(-process.exitcode).name
        return end | {"error": f"killed by {name}" + (" (out of memory?)" if name == "SIGKILL" else "")}
    if not path.exists():
        return end | {"error": f"ended its process (status {process.exitcode}) before it was through"}
    return end | json.loads(path.read_text(encoding="utf-8"))


def preload(settings: dict) -> None:
    """Import what snippets import, torch if the settings say so, and set how figures look."""
    from downhill import figures

    figures.use_style(Path(settings["matplotlibrc"]), Path(settings["folder"]))
    figures.warm_up()
    if settings["torch"]:
        list(importing())
    gc.freeze()  # what is imported stays shared with the children


def importing():
    """Import what takes seconds, a step at a time."""
    yield
    import torch

    yield
    import torch._dynamo  # torchvision needs it  # noqa: F401

    yield
    from downhill import torchvision_ops

    torchvision_ops.ready()
    gc.freeze()


def uses_torch(job: dict) -> bool:
    return "torch" in job["source"] and not job["redraw"]


def child(job: dict, settings: dict) -> None:
    """Run one snippet, or draw its kept figures anew, in a process of its own; leave the results in `job["out"]`."""
    start = time.monotonic()
    if hasattr(os, "setsid"):
        os.setsid()
    out = Path(job["out"])
    if "matplotlib" not in sys.modules:
        preload(settings | {"torch": uses_torch(job)})
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(out / PRINTED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(Limited(1, "w", closefd=False)), encoding="utf-8")
    os.chdir(job["workplace"])
    sys.addaudithook(guard(settings["guarded"]))
    show = Show(job)
    try:
        if job["redraw"]:
            for figure in pickle.loads((out / FIGURES).read_bytes()):
                show.draw(figure)
            result = {}
        else:
            result = {"values": saved(run(job, show)), "peak_mb": peak()}
            if (out / PRINTED).stat().st_size > LONGEST_OUTPUT:  # by compiled code, past Limited
                raise SnippetError(TOO_LONG)
            (out / FIGURES).write_bytes(pickle.dumps(show.kept))
        (out / DRAWN).write_text(json.dumps(show.drawn), encoding="utf-8")
    except BaseException as error:  # SystemExit too: a snippet that exits is a failure
        result = {"error": describe(error), "line": line_of(error, job["file"]), "traceback": traceback.format_exc()}
    result["seconds"] = round(time.monotonic() - start, 2)
    (out / "part").write_text(json.dumps(result), encoding="utf-8")
    os.replace(out / "part", out / RESULT)
    os._exit(0)  # a thread that the snippet left behind does not hold the build


class Limited(io.FileIO):
    """The file that takes what a snippet prints, up to a limit."""

    printed = 0

    def write(self, text) -> int:
        self.printed += len(text)
        if self.printed > LONGEST_OUTPUT:
            raise SnippetError(TOO_LONG)
        return super().write(text)


def guard(folder: str):
    """Return an audit hook that refuses to change anything in a folder; what compiled code does it cannot see."""

    def hook(event: str, arguments: tuple) -> None:
        if event != "open" and event.removeprefix("os.") not in CHANGING:
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITING):
            return
        for path in arguments[:2]:
            if isinstance(path, str | bytes | os.PathLike) and os.path.realpath(os.fsdecode(path)).startswith(folder + os.sep):
                raise SnippetError(f"changes {os.fsdecode(path)}; a snippet writes into its own folder only")

    return hook


class Show:
    """What `plt.show` is for a snippet: keeps each open figure, and draws it in every language."""

    def __init__(self, job: dict):
        self.job, self.kept, self.drawn = job, [], {language: [] for language in job["translations"]}

    def __call__(self, *_, **__) -> None:
        import cloudpickle
        import matplotlib.pyplot as plt

        for number in plt.get_fignums():
            if len(self.kept) == MOST_FIGURES:
                raise SnippetError(f"shows more than {MOST_FIGURES} figures")
            self.kept.append(cloudpickle.dumps(plt.figure(number)))
            self.draw(self.kept[-1])
        plt.close("all")

    def draw(self, figure: bytes) -> None:
        """Draw a kept figure: the same way now and when only its words have changed, so with the same bytes."""
        from downhill import figures

        number = len(self.drawn["en"]) + 1
        drawn = figures.draw(figure, f"{self.job['name']}-{number}", self.job["translations"])
        for language, svg in drawn.items():
            self.drawn[language].append(svg)


def run(job: dict, show: Show) -> dict:
    """Execute the snippet as the program `__main__`; return its namespace."""
    import matplotlib.pyplot as plt

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
        sys.stdout.flush()
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
    """Return a value as JSON that `manuscript.values` unpacks, or None for what cannot be quoted."""
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
