"""`make experiments`: heavy runs, frozen once, and verified in small ever after.

A file experiments/NAME.py has `CASES`, keyword dictionaries; `run(**case)`, which returns numbers; `SMALL`, cases that a test
runs again on the reduced digits; and `values(results)`, which makes what pages quote out of (case, result) pairs. It may have
`then(results)`, which returns the cases that follow from those before, until none does. What several experiments share stands
beside them, in files that begin with an underscore, and in workloads/. A case runs in one thread, in a folder with data/MNIST,
on the cores of this machine or on a Dask or Ray cluster whose nodes see the book at the same path. What has been measured by
the same program is not measured again: it stands in the cache, or in the frozen file.
"""

import contextlib
import datetime
import functools
import hashlib
import json
import os
import re
import sys
import tempfile
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, stdev

from downhill import BookError
from downhill.execution import cache, data
from downhill.frozen import backends, full, program, store
from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.manuscript.names import select
from downhill.manuscript.packing import packed, unpack

ALONE = threading.Lock()  # a case changes the folder of its process, which the threads of a worker of Dask share
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def one(path: Path, workplace: Path, kept: Path, case: dict) -> tuple[dict, object, str]:
    """Run one case in a workplace, unless its result is kept; return it, its packed result, and the error if there was one.

    Whoever runs it keeps what it found before anybody is told, so nothing is run twice that a lost process had finished.
    """
    import torch

    torch.set_num_threads(1)
    file = _file(kept, json.dumps(case))
    try:
        with ALONE, contextlib.chdir(workplace):
            if not file.exists():
                part = file.with_suffix(f".{os.getpid()}")
                with program.importing(path):
                    part.write_text(json.dumps(packed(program.load(path, workplace)["run"](**case))))
                part.replace(file)
            return case, json.loads(file.read_text()), ""
    except Exception as error:  # an experiment can fail in any way
        return case, None, f"{type(error).__name__}: {error}"


def known(path: Path, folder: Path, raw: Path, cases: list[str]) -> dict[str, object]:
    """Return the results that the cache, or the frozen file of the same program, holds of cases (each as JSON)."""
    found, target = {}, path.parent.parent / place(path.stem)
    frozen = store.read(target, place(path.stem)) if target.exists() else {"program_sha256": ""}
    if frozen["program_sha256"] == program.digest(path) and store.measuring(frozen) == store.measuring(
        {"versions": cache.versions()}
    ):
        for digits, part in ((frozen["values"].get("digits"), "results"), (frozen.get("small_digits"), "small")):
            if training(raw) == digits:
                found |= {json.dumps(case): result for case, result in frozen.get(part, [])}
    kept = {text: _file(folder, text) for text in cases}
    found |= {text: json.loads(file.read_text()) for text, file in kept.items() if file.exists()}
    return {text: found[text] for text in cases if text in found}


def _file(folder: Path, case: str) -> Path:
    return folder / f"{hashlib.sha256(case.encode()).hexdigest()[:16]}.json"


def place(name: str) -> str:
    """Return the file that holds the frozen numbers of an experiment."""
    return f"data/experiments/{name}.json"


def measure(book: Book, path: Path, cases: list[dict], raw: Path, backend: str, jobs: int, fresh: bool = False) -> list:
    """Return (case, packed result) of each case; run those that the cache does not hold, or all of them afresh."""
    deciding = program.hashed([program.digest(path), *store.measuring({"versions": cache.versions()})])
    kept = book.cache / "experiments" / path.stem / f"{deciding[:16]}-{training(raw)}"
    texts, what = list(map(json.dumps, cases)), f"{path.stem}, {training(raw)} digits"
    results = {} if fresh else known(path, kept, raw, texts)
    if results:
        print(f"{what}: {len(results)} of {len(texts)} cases are there", flush=True)
    if missing := [json.loads(text) for text in texts if text not in results]:
        for case, result in _run(path, missing, kept, raw, backend, jobs, fresh):
            results[json.dumps(case)] = result
            end = "\r" if sys.stdout.isatty() and len(results) < len(texts) else "\n"
            print(f"{what}: {len(results)} of {len(texts)} cases", end=end, flush=True)
    return [(json.loads(text), results[text]) for text in texts]


def _run(path: Path, cases: list[dict], kept: Path, raw: Path, backend: str, jobs: int, fresh: bool):
    """Run cases; yield (case, packed result) as they end, each kept, or afresh gone with the workplace. Raises BookError."""
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as workplace:
        data.furnish(Path(workplace), raw)
        call = functools.partial(one, path, Path(workplace), Path(workplace) if fresh else kept)
        for case, result, error in backends.spread(call, cases, backend, jobs):
            if error:
                raise BookError(f"experiments/{path.name}: run(**{case}) ends in {error}")
            yield case, result


def staged(path: Path, measured: Callable[[list[dict]], list]) -> list:
    """Return (case, packed result) of an experiment's CASES, and then of what follows from them, until nothing does."""
    names, results = program.load(path), []
    cases = names["CASES"]
    while cases:
        results += measured(cases)
        done = {json.dumps(case) for case, _ in results}
        following = names["then"](pairs(results)) if "then" in names else []
        cases = [case for case in following if json.dumps(case) not in done]
    return results


def pairs(results: list) -> list[tuple[dict, object]]:
    """Return results as an experiment takes them."""
    return [(case, unpack(result)) for case, result in results]


def training(raw: Path) -> int:
    """Return how many training digits a folder holds: the labels are a byte each, after a head of eight."""
    return (raw / "train-labels-idx1-ubyte").stat().st_size - 8


def run(book: Book, names: list[str], folder: Path | None, backend: str, jobs: int, verify: bool = False) -> None:
    """Run experiments and freeze what they measure in data/experiments, or verify what is frozen there."""
    paths = program.there(book)
    chosen = select(names, paths, "experiments", "experiment")
    os.environ.update(cache.STEADY)  # of the processes that are started
    reduced, differences = data.unpacked(book.root, book.cache), []
    raw = reduced if verify else full.originals(folder.resolve() if folder else full.download(book.cache))
    for path in map(paths.get, chosen):
        small = measure(book, path, program.load(path)["SMALL"], reduced, backend, jobs, fresh=verify)
        if verify:
            differences += differing(path, book.root / place(path.stem), small)
            continue
        results = staged(path, functools.partial(measure, book, path, raw=raw, backend=backend, jobs=jobs))
        quoted = program.load(path)["values"](pairs(results))
        quoted |= {"date": _date(book.root / place(path.stem), results), "digits": training(raw)}
        frozen = {
            "program_sha256": program.digest(path),
            "question_sha256": program.question(path),
            "versions": cache.versions() | {"joblib": version("joblib")},
            "values": {key: packed(value) for key, value in quoted.items()},
            "small_digits": training(reduced),
        }
        lines = [f'"{key}": {json.dumps(value)}' for key, value in frozen.items()]
        parts = {"small": small, "results": results}
        lines += [f'"{key}": [\n' + ",\n".join(map(json.dumps, part)) + "\n]" for key, part in parts.items()]  # a case a line
        print(store.write(book.root / place(path.stem), place(path.stem), frozen | parts, "{\n" + ",\n".join(lines) + "\n}\n"))
    if differences:
        raise BookError("\n".join(differences))


def _date(target: Path, results: list) -> str:
    """Return the day on which results were measured: that of the frozen file if they are all its own, else today."""
    frozen = store.read(target, f"data/experiments/{target.name}") if target.exists() else {"values": {}}
    same = frozen.get("results") == json.loads(json.dumps(results))
    return frozen["values"]["date"] if same and "date" in frozen["values"] else datetime.date.today().isoformat()


def problems(book: Book) -> list[str]:
    """Return a sentence for each experiment whose frozen numbers are missing or not its own, and each leftover."""
    found = []
    frozen = {path.stem: path for path in files.below(book.root / "data" / "experiments", "*.json")}
    for name, path in program.there(book).items():
        remedy = f"run `make experiments NAMES={name}`, and commit {place(name)}"
        if (file := frozen.pop(name, None)) is None:
            found.append(f"experiments/{path.name}:1: has no frozen numbers; {remedy}")
            continue
        try:
            found += program.hidden(path)
            kept = store.read(file, place(name))
            if kept["program_sha256"] != program.digest(path):
                found.append(f"experiments/{path.name}:1: its frozen numbers are another program's; {remedy}")
            elif kept.get("question_sha256") != program.question(path):
                found.append(f"experiments/{path.name}:1: its cases or its values have changed since; {remedy}")
            for library in store.other_versions(book.root, kept):
                found.append(f"{place(name)}:1: measured with {library}, which pyproject.toml does not pin; {remedy}")
        except (BookError, SyntaxError) as error:
            found.append(f"{error}, or {remedy}")
    return found + [f"{place(name)}:1: there is no experiments/{name}.py; delete it" for name in frozen]


def differing(path: Path, target: Path, measured: list) -> list[str]:
    """Return a sentence for each mean over the seeds that is more than 4 sd from the frozen one."""
    where = f"data/experiments/{target.name}"
    if not target.exists():
        return [f"{where} does not exist; run `make experiments NAMES={path.stem}`"]
    frozen = json.loads(target.read_text(encoding="utf-8"))
    old, new = by_seed(frozen["small"]), by_seed(measured)
    if frozen["program_sha256"] != program.digest(path) or old.keys() != new.keys():
        return [f"{where}: experiments/{path.name} has changed since; run `make experiments NAMES={path.stem}`"]
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
