"""One program in a process of its own: runs it as `__main__`, and leaves what it printed, computed, and showed.

A snippet is run whole; a notebook cell by cell in one namespace, with what each of them printed and showed.

worker.py forks it, or starts it where nothing is forked.
"""

import io
import json
import linecache
import logging
import os
import pickle
import sys
import sysconfig
import tempfile
import time
import traceback
import types
import warnings
from collections.abc import Iterator
from pathlib import Path

from downhill.execution.examples import tried
from downhill.execution.guard import Guard, SnippetError
from downhill.execution.preload import preload
from downhill.execution.printed import fault, settled
from downhill.manuscript.packing import saved

PRINTED, FIGURES, DRAWN, RESULT = "printed", "figures", "drawn.json", "result.json"
BEGUN = "begun"  # the line at which the cell of a notebook begins that runs
LONGEST_OUTPUT, MOST_FIGURES = 100_000, 20  # bytes that a snippet may print, figures that it may show
TOO_LONG = f"prints more than {LONGEST_OUTPUT} bytes"


def child(job: dict, settings: dict) -> None:
    """Run one program, or draw its kept figures anew, in a process of its own; leave the results in `job["out"]`."""
    start = time.monotonic()
    if hasattr(os, "setsid"):
        os.setsid()
    out = Path(job["out"])
    if "matplotlib" not in sys.modules:
        preload(settings | {"torch": job["torch"]})
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(out / PRINTED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    sys.stdin = os.fdopen(0, closefd=False)
    places = of_the_machine(settings["folder"])
    sys.stdout = spoken = Spoken(places)
    os.chdir(job["workplace"])
    sys.path = [job["workplace"], *(path for path in sys.path if path not in ("", settings["folder"], settings["package"]))]
    guard = Guard(settings["guarded"], job["file"], [job["workplace"], job["out"], *settings["readable"], *job["readable"]])
    sys.addaudithook(guard)
    show = Show(job)
    try:
        if job["redraw"]:
            for figure in pickle.loads((out / FIGURES).read_bytes()):
                show.draw(figure)
            result = {}
        else:
            space, cells, warned = run(job, show)
            result = {"values": saved(space), "peak_mb": peak()} | ({"cells": cells} if cells else {})
            if refused := guard.refused or spoken.refused:  # and the snippet went on
                raise refused
            result["printed"] = printed(out / PRINTED, places)
            (out / FIGURES).write_bytes(pickle.dumps(show.kept))
            result["examples"] = examples(job, space, warned)
        (out / DRAWN).write_text(json.dumps(show.drawn), encoding="utf-8")
    except BaseException as error:  # SystemExit too: a snippet that exits is a failure
        result = {"error": describe(error), "line": line_of(error, job["file"]), "traceback": traceback.format_exc()}
    result["seconds"] = round(time.monotonic() - start, 2)
    (out / "part").write_text(json.dumps(result), encoding="utf-8")
    os.replace(out / "part", out / RESULT)
    os._exit(0)  # a thread that the snippet left behind does not hold the build


def of_the_machine(folder: str) -> list[str]:
    """Return places that are others elsewhere: the folder in which programs run, those of Python, and that of passing files."""
    python = [sys.executable, sys.prefix, *(sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib"))]
    return [place for place in (folder, *python, tempfile.gettempdir() + os.sep) if place]


def printed(path: Path, places: list[str]) -> str:
    """Return what a snippet printed, as a page shows it."""
    if path.stat().st_size > LONGEST_OUTPUT:  # by compiled code, past Limited
        raise SnippetError(TOO_LONG)
    try:
        text = settled(path.read_bytes())
    except ValueError as error:
        raise SnippetError(str(error)) from error
    if wrong := fault(text, places):  # past Spoken
        raise SnippetError(wrong)
    return text


class Limited(io.FileIO):
    """The file that takes what a snippet prints, up to a limit."""

    printed = 0

    def write(self, text) -> int:
        self.printed += len(text)
        if self.printed > LONGEST_OUTPUT:
            raise SnippetError(TOO_LONG)
        return super().write(text)


class Spoken(io.TextIOWrapper):
    """What `print` writes to: refuses, while the line that prints is known, what is on no page as it is printed."""

    def __init__(self, places: list[str]):
        super().__init__(io.BufferedWriter(Limited(1, "w", closefd=False)), encoding="utf-8")
        self.places, self.refused = places, None

    def write(self, text: str) -> int:
        if wrong := fault(text, self.places):
            self.refused = self.refused or SnippetError(wrong)
            raise self.refused
        return super().write(text)


class Show:
    """What `plt.show` is for a snippet: keeps each open figure, draws it in every language, and puts it into numbers."""

    def __init__(self, job: dict):
        self.job, self.kept, self.drawn = job, [], {key: [] for key in (*job["translations"], "numbers")}

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
        from downhill.execution import figures
        from downhill.execution.figures import marks

        number = len(self.drawn["numbers"]) + 1
        drawn = figures.draw(figure, f"{self.job['name']}-{number}", self.job["translations"], self.job["source"])
        for language, svg in drawn.items():
            self.drawn[language].append(svg)
        self.drawn["numbers"].append(marks.numbers(pickle.loads(figure)))


def examples(job: dict, space: dict, warned: str) -> dict[str, str]:
    """Return what is wrong with the examples of a program that has run; where it warned, that is wrong with each of them."""
    import matplotlib.pyplot as plt

    plt.show = lambda *_, **__: plt.close("all")  # what an example draws is on no page
    os.environ["HOME"] = job["workplace"]  # where doctest's debugger looks for a user's settings
    return {name: warned + wrong for name, wrong in tried(job["source"], job["file"], space).items()}


def run(job: dict, show: Show) -> tuple[dict, dict[str, list], str]:
    """Execute the program; return its namespace, what each cell printed and which figures it showed (from, to), warnings."""
    import matplotlib.pyplot as plt

    logging.getLogger("matplotlib").addHandler(Complaint())
    plt.show = show
    file, source = job["file"], job["source"]
    module = types.ModuleType("__main__")
    module.__file__ = str(Path(job["workplace"], Path(file).name))
    Path(module.__file__).write_text(source, encoding="utf-8")
    sys.modules["__main__"] = module
    sys.argv = [module.__file__]
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    cells, warned = {}, []

    def warn(*about, **_) -> None:
        warned.append(warnings.formatwarning(*about[:4]))
        sys.stderr.write(warned[-1])

    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph")
        warnings.showwarning = warn
        if job["cells"]:
            cells = dict(cell_by_cell(job, show, module.__dict__))
        else:
            execute(source, file, module.__dict__)
    return module.__dict__, cells, "".join(warned)


def execute(source: str, file: str, space: dict) -> None:
    """Execute a snippet or a cell to its end, at which nothing is left that it has not shown."""
    import matplotlib.pyplot as plt

    exec(compile(source, file, "exec"), space)
    sys.stdout.flush()
    if plt.get_fignums():
        raise SnippetError("draws a figure that it does not show: plt.show() is missing at its end")


def cell_by_cell(job: dict, show: Show, space: dict) -> Iterator[tuple[str, list]]:
    """Execute the cells of a notebook, at their lines of its file; yield what each of them left."""
    out, written, shown = Path(job["out"]), 0, 0
    for cell, above, text in job["cells"]:
        (out / BEGUN).write_text(str(above + 1), encoding="utf-8")
        execute("\n" * above + text, job["file"], space)
        raw = (out / PRINTED).read_bytes()
        yield cell, [settled(raw[written:]), shown, len(show.kept)]
        written, shown = len(raw), len(show.kept)


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
    if line := getattr(error, "line", None):  # of a FigureError
        return line
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return lines[-1] if lines else None


def peak() -> int:
    """Return the largest memory this process has used, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)
