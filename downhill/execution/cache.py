"""What running a snippet left, on disk: a run, the figures it showed, and the drawings of them in each language.

The key of a run is everything that decides it, and nothing else: the snippet, the style of figures, the data it reads, and the
versions of Python and the libraries. The key of a drawing is that of its run, the words on it, and the modules that draw.
"""

import ast
import contextlib
import functools
import hashlib
import json
import os
import platform
import tempfile
import time
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from downhill import BookError
from downhill.execution import data
from downhill.manuscript import localize
from downhill.manuscript.book import Book

HERE = Path(__file__).parents[1]
RUNNING = ("execution/child.py", "execution/examples.py", "execution/preload.py", "execution/torchvision_ops.py")
RUNNING += ("manuscript/packing.py", "manuscript/invisible.py", "execution/guard.py", "execution/printed.py")
RUNNING += ("execution/figures/style.py", "execution/figures/hanzi_box.py")
DRAWING = (
    *(f"execution/figures/{path.name}" for path in sorted(HERE.glob("execution/figures/*.py"))),
    "execution/paths.py",
    "manuscript/figure_text.py",
    "manuscript/invisible.py",
)
RUN, CELLS = {"printed", "values", "examples", "seconds", "peak_mb"}, "cells"  # what a run leaves; and a notebook's
TIMES = "data/seconds.json"
KINDS = ("alone", "page")  # on one core, in processor time; and in a page
LIBRARIES = ("numpy", "matplotlib", "torch", "torchvision")
KEPT_FOR, KEPT_BYTES, JUST = 30 * 86_400, 500_000_000, 3_600  # seconds, bytes (the whole book's results are 13 MB), seconds
# one thread a child, and the same instructions on every x86 machine: the same digits everywhere
# (MKL's vector functions heed no MKL_CBWR, and their square root takes what each maker's processor approximates)
INSTRUCTIONS = {
    "OPENBLAS_CORETYPE": "HASWELL",
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "MKL_VML_DEBUG_CPU_TYPE": "1",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
}
STEADY = INSTRUCTIONS | {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}


@dataclass(frozen=True)
class Result:
    """What one run left: figures as `{language: [SVG]}`, and in numbers, as marks.py tells; printed text; packed values.

    `examples` says of each docstring what is wrong with its examples, or nothing; `cells` of each cell of a notebook what it
    printed, and which of the figures it showed: from, to.
    """

    figures: dict[str, list[str]]
    numbers: list[dict[str, str]]
    printed: str
    values: dict
    examples: dict[str, str]
    seconds: float
    peak_mb: int
    cells: dict[str, list] = field(default_factory=dict)

    def of(self, cell: str) -> "Result":
        """Return what one cell of a notebook left; its variables are those that the notebook has in the end."""
        printed, first, last = self.cells[cell]
        figures = {language: drawn[first:last] for language, drawn in self.figures.items()}
        return replace(self, printed=printed, figures=figures, numbers=self.numbers[first:last], cells={})


class Entry(NamedTuple):
    """The files that hold one result."""

    run: Path
    figures: Path  # pickled, to be drawn again
    drawing: Path


@functools.cache
def versions() -> dict[str, str]:
    """Return the versions on which results depend."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError as error:
            raise BookError(
                f"{library} is not installed. Run `make serve`, or `pip install -e .` in your environment."
            ) from error
    return found


@functools.cache
def machinery(files: tuple[str, ...]) -> list[str]:
    return [(HERE / file).read_text(encoding="utf-8") for file in files]


def digest(parts) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:20]


def figure_words(book: Book, name: str) -> dict[str, dict[str, str]]:
    """Return the words on a program's figures, as `{language: {English: its word}}`; English first."""
    texts = [word.text for word in localize.words(book.programs[name]) if word.kind == "figure"]
    chinese = {text: book.translations[text] for text in texts if text in book.translations}
    return {"en": {text: text for text in texts}, "zh": chinese}


@functools.lru_cache(maxsize=512)
def reads_mnist(source: str) -> bool:
    """Return whether a program names torchvision's MNIST, by whatever way or other name."""
    if "MNIST" not in source or localize.fault(source):
        return False
    return any("MNIST" in (getattr(node, key, "") for key in ("id", "attr", "name")) for node in ast.walk(ast.parse(source)))


def uses_torch(source: str) -> bool:
    """Return whether a program may import torch, which takes seconds."""
    return "torch" in source


def timed(root: Path) -> dict[str, dict[str, list]]:
    """Return what was measured: of each kind, `{name: [digest of the program, seconds, those of them for imports]}`."""
    path = root / TIMES
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {kind: {} for kind in KINDS}


def times(root: Path) -> dict[str, dict[str, float]]:
    """Return the seconds that were measured, of each kind, by the names of programs."""
    measured = timed(root)
    return {kind: {name: entry[1] for name, entry in measured[kind].items()} for kind in KINDS}


def read(path: Path) -> bytes | None:
    """Return what `write` put at path; None where there is nothing, or something damaged."""
    try:
        checksum, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == checksum else None


def write(path: Path, content: bytes) -> None:
    """Put content at path, all or nothing, with a checksum."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


@functools.lru_cache(maxsize=512)
def measured(ran: bytes | None) -> dict | None:
    """Return what a run left besides figures; None where it is missing, damaged, or from a version that left something else."""
    found = json.loads(ran or "{}")
    return found if found.keys() - {CELLS} == RUN else None


def load(run: Path, drawing: Path) -> Result | None:
    """Return the result in two files, or None."""
    ran, drawn = measured(read(run)), read(drawing)
    if ran is None or drawn is None:
        return None
    figures = json.loads(drawn)
    return Result(numbers=figures.pop("numbers"), figures=figures, **ran)


@contextlib.contextmanager
def alone(book: Book, say=print):
    """Wait until no other process works on the cache and the site of a book; within it, none begins."""
    book.cache.mkdir(parents=True, exist_ok=True)
    lock = FileLock(book.cache / "lock", is_singleton=True)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        say("another build of this book is at work; waiting until it is done")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


class Cache:
    """The results of a book's snippets, on the reduced or on the original MNIST."""

    def __init__(self, book: Book, original: bool = False):
        self.book, self.original = book, original
        self.folder = book.cache / ("full" if original else "runs")
        self.times = self.folder.parent / "times.json"

    @functools.cached_property
    def entries(self) -> dict[str, Entry]:
        """Where the result of each program is kept."""
        return {name: self._entry(name) for name in self.book.programs}

    def _entry(self, name: str) -> Entry:
        parts = [name, self.book.programs[name], self.book.style, versions(), STEADY, platform.machine(), machinery(RUNNING)]
        if reads_mnist(self.book.programs[name]):
            parts.append("original" if self.original else data.checksums(self.book.root))
        run = digest(parts)
        drawing = digest([run, figure_words(self.book, name), machinery(DRAWING)])
        stem = name.replace("/", ".")
        return Entry(*(self.folder / f"{stem}-{k}" for k in (f"{run}.json", f"{run}.figures", f"{drawing}.svg.json")))

    def result(self, name: str) -> Result | None:
        entry = self.entries[name]
        return load(entry.run, entry.drawing)

    def keep(self, name: str, drawn: bytes, run: dict | None = None, figures: bytes = b"") -> Result:
        """Keep the drawings of a snippet, and its run if it has run; return the result."""
        entry = self.entries[name]
        if run is not None:
            write(entry.figures, figures)
            write(entry.run, json.dumps(run, ensure_ascii=False).encode())
        write(entry.drawing, drawn)
        return self.result(name)

    def figures(self, name: str) -> bytes | None:
        """Return the kept figures of a snippet that has run; None where there are none."""
        return None if measured(read(self.entries[name].run)) is None else read(self.entries[name].figures)

    def seconds(self) -> dict[str, float]:
        """Return how long each snippet ran the last time it did."""
        return json.loads(read(self.times) or "{}")

    def note_seconds(self, seconds: dict[str, float]) -> None:
        write(self.times, json.dumps(self.seconds() | seconds, sort_keys=True).encode())

    def prune(self) -> None:
        """Delete results that no build has used for long, and the oldest of too many; never one that this book has or just had.

        So an edit that is undone, or another branch, runs nothing again. A file's time says when it was last used.
        """
        now, found = time.time(), []
        for path in (path for entry in self.entries.values() for path in entry):
            with contextlib.suppress(OSError):
                os.utime(path, (now, now))
        for path in self.folder.glob("*"):
            with contextlib.suppress(OSError):  # another process was faster
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        total = 0
        for used, size, path in sorted(found, reverse=True):
            total += size
            age = now - used
            if age > JUST and (age > KEPT_FOR or total > KEPT_BYTES or path.suffix == ".part"):
                path.unlink(missing_ok=True)
