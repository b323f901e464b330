"""Runs snippets that have changed, several at a time, and keeps what they showed in a cache.

The key of a result is everything that decides it, and nothing else: the snippet, the words on its figures, the style of
figures, the data it reads, the machinery that draws, and the versions of Python, numpy, matplotlib, torch and torchvision.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from downhill import BookError, data, localize
from downhill.book import Book

TIMEOUT = 300  # seconds
START = "fork" if sys.platform == "linux" else "spawn"  # how a child starts; forking is faster, and safe on Linux only
DECISIVE = ("worker.py", "figures.py", "hanzi_box.py", "torchvision_ops.py")
LIBRARIES = ("numpy", "matplotlib", "torch", "torchvision")
# one thread a child, and the same instructions on every x86 machine: the same digits everywhere
STEADY = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_CORETYPE": "HASWELL",
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Result:
    """What one run of a snippet left: figures as `{language: [SVG]}`, printed text, and packed values."""

    figures: dict[str, list[str]]
    printed: str
    values: dict
    seconds: float
    peak_mb: int


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


def figure_words(book: Book, name: str) -> dict[str, dict[str, str]]:
    """Return the words on a snippet's figures, as `{language: {English: its word}}`; English first."""
    texts = [word.text for word in localize.words(book.snippets[name]) if word.kind == "figure"]
    return {
        language: {text: book.translations[language][text] for text in texts if text in book.translations[language]}
        for language in ("en", "zh")
    }


def reads_mnist(source: str) -> bool:
    return "MNIST(" in source


def key(book: Book, name: str, original: bool = False) -> str:
    """Return the key of a snippet's result, on the reduced or the original MNIST."""
    here = Path(__file__).parent
    parts = [name, book.snippets[name], figure_words(book, name), versions(), STEADY, platform.machine()]
    parts += [(here / file).read_text(encoding="utf-8") for file in DECISIVE]
    parts.append((book.root / "matplotlibrc").read_text(encoding="utf-8"))
    if reads_mnist(book.snippets[name]):
        parts.append("original" if original else data.checksums(book.root))
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:20]


class Cache:
    """Results on disk, one file each: written under another name and renamed, and checked against damage when read."""

    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, name: str, key: str) -> Path:
        return self.folder / f"{name.replace('/', '.')}-{key}.json"

    def read(self, path: Path) -> Result | None:
        """Return the result at path; None where there is none, or a damaged one."""
        try:
            checksum, _, text = path.read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        intact = hashlib.sha256(text.encode()).hexdigest() == checksum
        return Result(**json.loads(text)) if intact else None

    def write(self, path: Path, result: Result) -> None:
        text = json.dumps(result.__dict__, ensure_ascii=False, sort_keys=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
        with open(handle, "w", encoding="utf-8") as file:
            file.write(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
        os.replace(part, path)

    def prune(self, keep: Iterable[Path]) -> None:
        """Delete the results that no snippet has any more."""
        for path in set(self.folder.glob("*")) - set(keep):
            path.unlink(missing_ok=True)


def run(
    book: Book,
    names: Iterable[str] | None = None,
    *,
    force: bool = False,
    parallel: int | None = None,
    timeout: float = TIMEOUT,
    raw: Path | None = None,
    say: Callable[[str], None] = print,
) -> dict[str, Result]:
    """Return the results of the named snippets (of all), running those that are not in the cache.

    `raw` is a folder with the original MNIST files, to be read instead of the reduced ones.
    Raises BookError, with page, snippet, line and error of every snippet that failed, when all have ended.
    """
    cache = Cache(book.cache / ("full" if raw else "runs"))
    names = sorted(book.snippets if names is None else names)
    paths = {name: cache.path(name, key(book, name, bool(raw))) for name in names}
    results = {} if force else {name: result for name in names if (result := cache.read(paths[name]))}
    missing = [name for name in names if name not in results]
    failures = []
    if missing:
        say(f"running {len(missing)} of {len(names)} snippets")
        raw = raw or (data.unpacked(book.root, book.cache) if any(reads_mnist(book.snippets[n]) for n in missing) else None)
        for name, end, result in _execute(book, missing, raw, parallel or os.cpu_count() or 1, timeout):
            if result is None:
                failures.append(_failure(book, name, end))
                continue
            results[name] = result
            cache.write(paths[name], result)
            say(f"  {name}  {result.seconds:.1f} s  {result.peak_mb} MB")
    if failures:
        raise BookError("\n".join(failures))
    return results


def _failure(book: Book, name: str, end: dict) -> str:
    """Return the sentence that tells how a snippet failed: page, snippet, line, error, and the traceback below it."""
    shown = ", ".join(fence.place for fence in book.fences(name)) or "(no page)"
    line = f":{end['line']}" if end.get("line") else ""
    text = f"{shown}: {book.place(name)}{line}: {end['error']}"
    return text + ("\n" + end["traceback"].rstrip().replace("\n", "\n    ") if end.get("traceback") and not line else "")


def _execute(book: Book, names: list[str], raw: Path | None, parallel: int, timeout: float):
    """Run snippets in the worker; yield (name, how it ended, result or None) as they end."""
    (book.cache / "tmp").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=book.cache / "tmp", ignore_cleanup_errors=True) as folder:
        jobs = [_job(book, name, Path(folder), raw, timeout) for name in names]
        order = {"jobs": jobs, "parallel": parallel, "folder": folder, "matplotlibrc": str(book.root / "matplotlibrc")}
        order["start"] = START
        order["torch"] = any("torch" in job["source"] for job in jobs)
        here = Path(__file__).parents[1]
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= STEADY | {"PYTHONPATH": str(here), "MPLCONFIGDIR": str(book.cache / "matplotlib")}
        command = [sys.executable, "-m", "downhill.worker"]
        outs = {job["name"]: Path(job["out"]) for job in jobs}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        with subprocess.Popen(command, env=environment, cwd=folder, **pipes) as worker:
            try:
                worker.stdin.write(json.dumps(order) + "\n")
                worker.stdin.flush()
                for line in worker.stdout:
                    event = json.loads(line)
                    if event["event"] == "end":
                        name = event["name"]
                        yield name, event, _collect(outs.pop(name), event)
                if worker.wait() or outs:
                    status = worker.returncode
                    raise BookError(f"the process that runs the snippets ended early (status {status}); run it again")
            finally:
                worker.terminate()


def _job(book: Book, name: str, folder: Path, raw: Path | None, timeout: float) -> dict:
    workplace, out = folder / f"{name}/workplace", folder / f"{name}/out"
    workplace.mkdir(parents=True)
    out.mkdir()
    if reads_mnist(book.snippets[name]):
        data.furnish(workplace, raw)
    return {
        "name": name,
        "file": book.place(name),
        "source": book.snippets[name],
        "translations": figure_words(book, name),
        "timeout": timeout,
        "workplace": str(workplace),
        "out": str(out),
    }


def _collect(out: Path, end: dict) -> Result | None:
    """Return what a child left behind, or None if it failed; its folder goes."""
    try:
        if "error" in end:
            return None
        figures = json.loads((out / "figures").read_text(encoding="utf-8"))
        printed = (out / "printed").read_text(encoding="utf-8", errors="replace")
        return Result(figures, printed, end["values"], end["seconds"], end["peak_mb"])
    finally:
        shutil.rmtree(out.parent, ignore_errors=True)
