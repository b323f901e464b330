"""The cases of an experiment: each is kept with its seconds as soon as it has run, so that none runs twice.

A case runs in one thread, in a folder with data/MNIST. Whoever runs it writes what it found before anybody is told: what a
process on a cluster had finished before it was lost is read, and only what it was at is begun again.
"""

import contextlib
import functools
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from downhill import BookError
from downhill.execution import data
from downhill.frozen import backends, cost, optimizer, program, store
from downhill.manuscript.book import Book
from downhill.manuscript.packing import packed, unpack

ALONE = threading.Lock()  # a case changes the folder of its process, which the threads of a worker of Dask share


@dataclass(frozen=True)
class How:
    """How cases run: on what of joblib's, so many at a time, on a device, with the optimizer of a reader's file."""

    backend: str = "loky"
    jobs: int = 1
    device: str = "cpu"
    own: Path | None = None

    @functools.cached_property
    def label(self) -> str:
        """What the device is called: results of two devices are never taken for each other's. Raises BookError."""
        if self.device == "cpu":
            return "cpu"
        import torch

        try:
            torch.zeros(1, device=self.device)
            kind = torch.device(self.device).type
        except (RuntimeError, AssertionError) as error:
            said = str(error).splitlines()[0].rstrip(".")
            raise BookError(f"--device {self.device}: torch has no such device here ({said}); leave it out for cpu") from error
        return f"cuda, {torch.cuda.get_device_name(self.device)}" if kind == "cuda" else kind


@dataclass(frozen=True)
class Experiment:
    """An experiment on so many training digits, whose cases run in one way."""

    book: Book
    path: Path
    digits: int
    how: How

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def place(self) -> str:
        """The file that holds its frozen numbers, which are those of one kind of device."""
        return place(self.name, self.how.label)

    def __str__(self) -> str:
        return f"{self.name}, {self.digits} digits" + (f", {self.how.label}" if self.how.label != "cpu" else "")

    def names(self) -> dict:
        """Return the names that the experiment defines."""
        return program.load(self.path)

    def first(self) -> list[dict]:
        """Return CASES, or those with which the reader's optimizer begins."""
        return self.names()["own"](*optimizer.rates(self.how.own)) if self.how.own else self.names()["CASES"]

    def others(self) -> list[dict]:
        """Return what a reader's optimizer is compared with: the frozen results."""
        return [{"case": case, "result": result} for case, result in self.frozen()["results"]] if self.how.own else []

    def frozen(self) -> dict:
        """Return what stands in its frozen file, or in an empty one; where no device is told, it was the processor."""
        target = self.book.root / self.place
        return {"device": "cpu"} | (store.read(target, self.place) if target.exists() else {"values": {}})

    def folders(self) -> tuple[Path, list[Path]]:
        """Return where the results of its program are kept, and where those of it and of earlier ones are."""
        above = self.book.cache / "experiments" / self.name
        parts = [program.digest(self.path), *store.measuring({"versions": program.versions(self.path)})]
        parts += [self.how.own.read_text(encoding="utf-8")] if self.how.own else []
        suffix = f"{self.digits}-{re.sub(r'[^a-zA-Z0-9]+', '-', self.how.label)}"
        return above / f"{program.hashed(parts)[:16]}-{suffix}", sorted(above.glob(f"*-{suffix}"))

    def known(self, cases: list[dict]) -> list[dict | None]:
        """Return what the cache, or the frozen file of the same program, holds of each case: its result and its seconds."""
        here, frozen, found = self.folders()[0], self.frozen(), {}
        same = frozen.get("program_sha256") == program.digest(self.path) and frozen["device"] == self.how.label
        if same and not store.unlike(frozen, program.versions(self.path)):
            found = {json.dumps(record["case"]): record for record in records(frozen, self.digits)}
        kept = [(text, file_of(here, text)) for text in map(json.dumps, cases)]
        return [json.loads(file.read_text()) if file.exists() else found.get(text) for text, file in kept]

    def ran(self) -> list[tuple[dict, float]]:
        """Return the cases that ever ran here, or for the frozen file, each with its seconds."""
        frozen = self.frozen()
        found = records(frozen, self.digits) if frozen["device"] == self.how.label else []
        found += [json.loads(file.read_text()) for folder in self.folders()[1] for file in sorted(folder.glob("*.json"))]
        return [(record["case"], record["seconds"]) for record in found if record["seconds"] is not None]


def place(name: str, label: str = "cpu") -> str:
    """Return the file that holds the frozen numbers of an experiment, measured on what has that label."""
    kind = label.partition(",")[0]
    return f"data/experiments/{'' if kind == 'cpu' else f'{kind}/'}{name}.json"


def records(frozen: dict, digits: int) -> list[dict]:
    """Return the cases on so many digits of a frozen file, each with its result, and its seconds where they are known."""
    found = []
    for key, measured in (("results", frozen["values"].get("digits")), ("small", frozen.get("small_digits"))):
        if measured == digits:
            seconds = frozen.get("seconds", {}).get(key) or [None] * len(frozen[key])
            rows = zip(frozen[key], seconds, strict=True)
            found += [{"case": case, "result": result, "seconds": taken} for (case, result), taken in rows]
    return found


def staged(experiment: Experiment, get: Callable[[list[dict]], list[dict | None]]) -> list[tuple[dict, dict | None]]:
    """Return cases with the records that `get` has of them: CASES, and then stage by stage what follows, while all are there.

    What follows from the cases of a reader's optimizer follows from the frozen ones too.
    """
    names, found, cases, others = experiment.names(), [], experiment.first(), experiment.others()
    while cases:
        found += zip(cases, get(cases), strict=True)
        if "then" not in names or any(record is None for _, record in found):
            break
        records = [*others, *(record for _, record in found)]
        done = {json.dumps(record["case"]) for record in records}
        cases = [case for case in names["then"](pairs(records)) if json.dumps(case) not in done]
    return found


def pairs(found: Iterable[dict]) -> list[tuple[dict, object]]:
    """Return records as an experiment takes them: cases, and what `run` returned for them."""
    return [(record["case"], unpack(record["result"])) for record in found]


def measure(experiment: Experiment, cases: list[dict], raw: Path, fresh: bool = False) -> list[dict]:
    """Return the record of each case; run those that are not kept, or all of them afresh. Raises BookError if one fails."""
    kept = [None] * len(cases) if fresh else experiment.known(cases)
    found = {json.dumps(case): record for case, record in zip(cases, kept, strict=True) if record}
    if found:
        print(f"{experiment}: {len(found)} of {len(cases)} cases are there", flush=True)
    if missing := [case for case in cases if json.dumps(case) not in found]:
        ran, done, start = experiment.ran(), [], time.monotonic()
        rest = {json.dumps(case): cost.expected(case, ran) for case in missing}
        for record in _run_all(experiment, missing, raw, fresh):
            found[text := json.dumps(record["case"])] = record
            done.append(rest.pop(text))
            left = cost.left(time.monotonic() - start, done, [*rest.values()], experiment.how.jobs)
            _tell(experiment, len(found), len(cases), left)
    return [found[json.dumps(case)] for case in cases]


def _tell(experiment: Experiment, there: int, wanted: int, left: float | None) -> None:
    """Say how far an experiment is, on a terminal in one line that is written again."""
    rest = f", about {cost.told(left)} left" if left is not None and there < wanted else ""
    again, end = ("\x1b[K", "\r" if there < wanted else "\n") if sys.stdout.isatty() else ("", "\n")
    print(f"{experiment}: {there} of {wanted} cases{rest}{again}", end=end, flush=True)


def _run_all(experiment: Experiment, cases: list[dict], raw: Path, fresh: bool) -> Iterator[dict]:
    """Run cases; yield their records as they end, each kept, or afresh gone with the workplace. Raises BookError."""
    kept, how = experiment.folders()[0], experiment.how
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        data.furnish(workplace := Path(folder), raw)
        call = functools.partial(one, experiment.path, workplace, workplace if fresh else kept, how)
        for record, error in backends.spread(call, cases, how.backend, how.jobs):
            if error:
                raise BookError(error)
            yield record


def one(path: Path, workplace: Path, kept: Path, how: How, case: dict) -> tuple[dict | None, str]:
    """Return the record of a case, which runs if there is none, and what is wrong with it if anything is."""
    file = file_of(kept, json.dumps(case))
    try:
        with ALONE, contextlib.chdir(workplace):
            if not file.exists():  # else it ran in a process that was lost before it could tell
                part = file.with_suffix(f".{os.getpid()}")
                part.write_text(json.dumps(_run(path, workplace, how, case)))
                part.replace(file)
        return json.loads(file.read_text()), ""
    except BookError as error:
        return None, str(error)
    except (Exception, SystemExit) as error:  # an experiment can fail in any way
        said = f"{type(error).__name__}: {error}"
        if how.own and (line := optimizer.line_of(error, how.own)):
            return None, f"{how.own}:{line}: {said}, in the case {case}"
        return None, f"experiments/{path.name}: run(**{case}) ends in {said}"


def _run(path: Path, workplace: Path, how: How, case: dict) -> dict:
    """Run one case; its seconds are those of its core, or those of the clock where a core waits for another device."""
    import torch

    torch.set_num_threads(1)
    if (here := How(device=how.device).label) != how.label:
        raise BookError(f"this is {here}, not {how.label}; a cluster needs one kind of device")
    more = {} if how.device == "cpu" else {"device": how.device}
    more |= {"optimizer": optimizer.read(how.own)} if how.own and case.get("method") == optimizer.NAME else {}
    clock = time.process_time if how.device == "cpu" else time.perf_counter
    with program.importing(path):
        run, start = program.load(path, workplace)["run"], clock()
        result = packed(run(**case, **more))
    return {"case": case, "result": result, "seconds": round(clock() - start, 2)}


def file_of(folder: Path, case: str) -> Path:
    """Return where the record of a case (as JSON) is kept."""
    return folder / f"{program.hashed([case])[:16]}.json"


def training(raw: Path) -> int:
    """Return how many training digits a folder holds: the labels are a byte each, after a head of eight."""
    return (raw / "train-labels-idx1-ubyte").stat().st_size - 8
