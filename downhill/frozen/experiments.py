"""`make experiments`: heavy runs, frozen once, and verified in small ever after.

A file experiments/NAME.py has `CASES`, keyword dictionaries; `run(**case)`, which returns numbers; `SMALL`, cases that a test
runs again on the reduced digits; and `values(results)`, which makes what pages quote out of (case, result) pairs. Files that
begin with an underscore hold what several share. A case runs in one thread, in a folder with data/MNIST, on the cores of this
machine or on a Dask or Ray cluster whose nodes see the book at the same path.
"""

import ast
import contextlib
import datetime
import functools
import hashlib
import importlib
import json
import re
import runpy
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, stdev

import joblib
import torch

from downhill import BookError
from downhill.execution import cache, data, torchvision_ops
from downhill.frozen import full
from downhill.manuscript.book import Book
from downhill.manuscript.packing import packed, unpack

# the package that a cluster comes with, and what in it makes joblib know the cluster
CLUSTERS = {"dask": ("dask[distributed]", "dask.distributed", "Client"), "ray": ("ray", "ray.util.joblib", "register_ray")}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@functools.lru_cache(maxsize=1)
def load(path: Path, workplace: Path | None = None) -> dict:
    """Return the names that an experiment defines, afresh for each workplace: what it remembers of the data is of that one."""
    torchvision_ops.ready()
    for file in path.parent.glob("_*.py"):
        sys.modules.pop(file.stem, None)
    sys.path.insert(0, str(path.parent))
    return runpy.run_path(str(path))


def digest(path: Path) -> str:
    """Return what identifies how an experiment measures: all but CASES, SMALL, and values, which may change without a rerun."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (path, *sorted(path.parent.glob("_*.py")))]
    parts = [ast.unparse(part) for tree in trees for part in tree.body[1:]]
    parts = [part for part in parts if not re.match(r"(CASES|SMALL) = |def values\(", part)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def one(path: Path, workplace: Path, case: dict) -> tuple[dict, object, str]:
    """Run one case in a workplace; return it, its packed result, and the error if there was one."""
    torch.set_num_threads(1)
    try:
        with contextlib.chdir(workplace):
            return case, packed(load(path, workplace)["run"](**case)), ""
    except Exception as error:  # an experiment can fail in any way
        return case, None, f"{type(error).__name__}: {error}"


def spread(path: Path, workplace: Path, cases: list[dict], backend: str, jobs: int):
    """Yield what `one` returns for each case, as it comes, from a backend of joblib."""
    if backend in CLUSTERS:
        package, module, start = CLUSTERS[backend]
        try:
            getattr(importlib.import_module(module), start)()  # a new cluster here, or the one that the environment names
        except ImportError as error:
            raise BookError(f"the backend {backend} is not installed ({error}). Run: pip install '{package}'") from error
    with joblib.parallel_config(backend=backend, n_jobs=jobs):
        calls = (joblib.delayed(one)(path, workplace, case) for case in cases)
        yield from joblib.Parallel(return_as="generator_unordered", batch_size=1)(calls)


def measure(book: Book, path: Path, cases: list[dict], raw: Path, backend: str, jobs: int, fresh: bool = False) -> list:
    """Return (case, packed result) of each case; run those that the cache does not hold, or all of them afresh."""
    kept = book.cache / "experiments" / path.stem / f"{digest(path)[:16]}-{training(raw)}"
    files = {text: kept / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json" for text in map(json.dumps, cases)}
    results = {} if fresh else {text: json.loads(file.read_text()) for text, file in files.items() if file.exists()}
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as workplace:
        data.furnish(Path(workplace), raw)
        missing = [json.loads(text) for text in files if text not in results]
        for case, result, error in spread(path, Path(workplace), missing, backend, jobs):
            if error:
                raise BookError(f"experiments/{path.name}: run(**{case}) ends in {error}")
            file, results[json.dumps(case)] = files[json.dumps(case)], result
            file.with_suffix(".part").write_text(json.dumps(result))
            file.with_suffix(".part").replace(file)
            end = "\r" if sys.stdout.isatty() and len(results) < len(files) else "\n"
            print(f"{path.stem}, {training(raw)} digits: {len(results)} of {len(files)} cases", end=end, flush=True)
    return [(json.loads(text), results[text]) for text in files]


def training(raw: Path) -> int:
    """Return how many training digits a folder holds: the labels are a byte each, after a head of eight."""
    return (raw / "train-labels-idx1-ubyte").stat().st_size - 8


def run(book: Book, names: list[str], folder: Path | None, backend: str, jobs: int, verify: bool = False) -> None:
    """Run experiments and freeze what they measure in data/experiments, or verify what is frozen there."""
    there = {path.stem: path.resolve() for path in sorted((book.root / "experiments").glob("[!_]*.py"))}
    if unknown := set(names) - set(there):
        raise BookError(f"no experiment {', '.join(sorted(unknown))}; there are: {', '.join(there)}")
    reduced, differences = data.unpacked(book.root, book.cache), []
    raw = reduced if verify else full.originals(folder.resolve() if folder else full.download(book.cache))
    for name in names or there:
        path, target = there[name], book.root / "data" / "experiments" / f"{name}.json"
        small = measure(book, path, load(path)["SMALL"], reduced, backend, jobs, fresh=verify)
        if verify:
            differences += differing(path, target, small)
            continue
        results = measure(book, path, load(path)["CASES"], raw, backend, jobs)
        quoted = load(path)["values"]([(case, unpack(result)) for case, result in results])
        quoted |= {"date": datetime.date.today().isoformat(), "digits": training(raw)}
        frozen = {
            "program_sha256": digest(path),
            "versions": cache.versions() | {"joblib": version("joblib")},
            "values": {key: packed(value) for key, value in quoted.items()},
            "small_digits": training(reduced),
        }
        lines = [f'"{key}": {json.dumps(value)}' for key, value in frozen.items()]
        cases = {"small": small, "results": results}.items()  # a case a line
        lines += [f'"{key}": [\n' + ",\n".join(map(json.dumps, pairs)) + "\n]" for key, pairs in cases]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        print(f"wrote {target.relative_to(book.root)}")
    if differences:
        raise BookError("\n".join(differences))


def differing(path: Path, target: Path, measured: list) -> list[str]:
    """Return a sentence for each mean over the seeds that is more than 4 sd from the frozen one."""
    where = f"data/experiments/{target.name}"
    if not target.exists():
        return [f"{where} does not exist; `make experiments` writes it"]
    frozen = json.loads(target.read_text(encoding="utf-8"))
    old, new = by_seed(frozen["small"]), by_seed(measured)
    if frozen["program_sha256"] != digest(path) or old.keys() != new.keys():
        return [f"{where}: experiments/{path.name} has changed since; run `make experiments`"]
    means = {place: (fmean(new[place]), fmean(old[place]), stdev(old[place])) for place in old}
    return [f"{where}: {k} is {m:g}, frozen is {n:g}" for k, (m, n, sd) in means.items() if abs(m - n) > 4 * sd + 1e-12]


def by_seed(results: list) -> dict[str, list[float]]:
    """Return the numbers of results, those of one place and of all seeds together."""
    found = {}
    for case, result in results:
        name = ", ".join(f"{key} {value}" for key, value in case.items() if key != "seed")
        for place, number in enumerate(NUMBER.findall(json.dumps(result))):
            found.setdefault(f"{name}: number {place}", []).append(float(number))
    return found
