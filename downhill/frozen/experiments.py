"""`make experiments`: heavy runs, frozen once, and verified in small ever after.

A file experiments/NAME.py has `CASES`, keyword dictionaries; `run(**case)`, which returns numbers; `SMALL`, cases that a test
runs again on the reduced digits; and `values(results)`, which makes what pages quote out of (case, result) pairs. It may have
`then(results)`, which returns the cases that follow from those before, until none does; `run` with a parameter `device`, by
which it runs elsewhere than on the processor; and `own(low, high)`, by which it takes a reader's optimizer (ranking.py). What
several share stands beside them, in files that begin with an underscore, and in workloads/. What the same program has measured
on the same device is not measured again: it stands in the cache, or in the frozen file.
"""

import datetime
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, stdev

from downhill import BookError
from downhill.execution import cache, data
from downhill.frozen import cost, full, program, store
from downhill.frozen.cases import Experiment, How, measure, pairs, place, staged, training
from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.manuscript.names import select, suggestion
from downhill.manuscript.packing import packed

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
HOW = How()


def chosen(book: Book, names: list[str], how: How = HOW) -> list[Experiment]:
    """Return the experiments that names mean, or all of those that run on the device, on all digits. Raises BookError."""
    there = program.there(book)
    found = [Experiment(book, there[name], data.ALL, how) for name in select(names, there, "experiments", "experiment")]
    if how.label == "cpu":
        return found
    able = [experiment for experiment in found if program.takes(experiment.path, "device")]
    if found and (names and able != found or not able):
        other = next(experiment for experiment in found if experiment not in able)
        raise BookError(f"experiments/{other.path.name}:1: its run has no parameter device, so it cannot run on {how.device}")
    return able


def digits(book: Book, folder: Path | None) -> Path:
    """Return a folder with all the digits: the one that is given, or what is downloaded."""
    os.environ.update(cache.STEADY)  # of the processes that are started
    return full.originals(folder.resolve() if folder else full.download(book.cache))


def run(book: Book, names: list[str], folder: Path | None, how: How = HOW, only: str = "") -> None:
    """Run experiments, and freeze what they measure in data/experiments; of some cases alone, freeze nothing."""
    found, wanted = asked_for(chosen(book, names, how), only)
    raw = digits(book, folder)
    for experiment in found:
        print(part(experiment, raw, wanted) if only else freeze(experiment, raw))


def asked_for(found: list[Experiment], only: str) -> tuple[list[Experiment], Callable[[Experiment, dict], bool]]:
    """Return the experiments with cases that are asked for, and whether a case is one of them. Raises BookError.

    Words that are values of one key mean or, those of several keys and: “adam,muon,transformer” is Adam or Muon, each on the
    transformer.
    """
    there = {experiment.name: staged(experiment, experiment.known) for experiment in found} if only else {}
    return _among(found, there, only)


def kept_of(found: list[Experiment], only: str) -> list[tuple[Experiment, list[tuple[dict, dict | None]]]]:
    """Return experiments with the cases that are asked for, each with its record if it is there; all is read once."""
    there = {experiment.name: staged(experiment, experiment.known) for experiment in found}
    having, wanted = _among(found, there, only)
    return [(each, [(case, record) for case, record in there[each.name] if wanted(each, case)]) for each in having]


def _among(found: list[Experiment], there: dict, only: str) -> tuple[list[Experiment], Callable[[Experiment, dict], bool]]:
    """Return what `asked_for` does, of what is there of each experiment."""
    if not only:
        return found, lambda *case: True
    every = [(experiment, _words(experiment, case)) for experiment in found for case, _ in there[experiment.name]]
    groups = {}
    for word in filter(None, only.split(",")):
        if not (keys := frozenset(key for _, words in every for key, value in words.items() if value == word)):
            known = dict.fromkeys(value for _, words in every for value in words.values())
            raise BookError(
                f"--only {word}: no case has this value" + (suggestion(word, known) or f"; there are {', '.join(known)}")
            )
        groups.setdefault(keys, set()).add(word)

    def among(words: dict[str, str]) -> bool:
        return all(any(words.get(key) in group for key in keys) for keys, group in groups.items())

    having = [experiment for experiment, words in every if among(words)]
    return [experiment for experiment in found if experiment in having], lambda *case: among(_words(*case))


def _words(experiment: Experiment, case: dict) -> dict[str, str]:
    """Return what a case can be asked for by: the experiment's name and its own values."""
    return {"": experiment.name} | {key: str(value) for key, value in case.items() if not isinstance(value, list | dict)}


def part(experiment: Experiment, raw: Path, wanted: Callable) -> str:
    """Run the cases of an experiment that are wanted; say what is there of all."""

    def get(cases: list[dict]) -> list[dict | None]:
        measure(experiment, [case for case in cases if wanted(experiment, case)], raw)
        return experiment.known(cases)

    found = [record for _, record in staged(experiment, get)]
    there = f"{experiment}: {len(found) - found.count(None)} of {len(found)} cases are there"
    return f"{there}; nothing is frozen until it is run without --only"


def freeze(experiment: Experiment, raw: Path) -> str:
    """Run what is missing of an experiment, write its frozen file, and say so."""
    book, reduced = experiment.book, data.unpacked(experiment.book.root, experiment.book.cache)
    if lone := alone(experiment):
        raise BookError("\n".join(lone))
    small = measure(replace(experiment, digits=training(reduced)), experiment.names()["SMALL"], reduced)
    found = [record for _, record in staged(experiment, lambda cases: measure(experiment, cases, raw))]
    quoted = experiment.names()["values"](pairs(found))
    quoted |= {"date": _date(experiment.frozen(), found), "digits": experiment.digits}
    parts = {"small": small, "results": found}
    seconds = {key: [record["seconds"] for record in records] for key, records in parts.items()}  # what it would cost again
    frozen = {
        "program_sha256": program.digest(experiment.path),
        "question_sha256": program.question(experiment.path),
        "versions": program.versions(experiment.path) | {"joblib": version("joblib")},
        "device": experiment.how.label,
        "seeds": sorted({record["case"]["seed"] for record in found if "seed" in record["case"]}),
        "values": {key: packed(value) for key, value in quoted.items()},
        "small_digits": training(reduced),
        "seconds": {key: told for key, told in seconds.items() if None not in told},
    }
    lines = [f'"{key}": {json.dumps(value)}' for key, value in frozen.items()]
    parts = {key: _kept(records) for key, records in parts.items()}
    lines += [f'"{key}": [\n' + ",\n".join(map(json.dumps, kept)) + "\n]" for key, kept in parts.items()]  # a case a line
    return store.write(book.root / experiment.place, experiment.place, frozen | parts, "{\n" + ",\n".join(lines) + "\n}\n")


def _kept(records: list[dict]) -> list[list]:
    return [[record["case"], record["result"]] for record in records]


def _date(frozen: dict, found: list[dict]) -> str:
    """Return the day on which results were measured: that of the frozen file if they are all its own, else today."""
    same = frozen.get("results") == json.loads(json.dumps(_kept(found)))
    return frozen["values"]["date"] if same and "date" in frozen["values"] else datetime.date.today().isoformat()


def listed(book: Book, names: list[str], how: How = HOW, only: str = "") -> str:
    """Return a table of experiments: how many of the cases that are asked for are there, and whether they are frozen."""
    rows = [("experiment", "cases", "there", "frozen?")]
    for experiment, cases in kept_of(chosen(book, names, how), only):
        kept = [record for _, record in cases]
        frozen = experiment.frozen()
        state = stale(experiment.path, frozen) or f"on {frozen['values']['date']}, {frozen['device']}"
        rows.append((experiment.name, len(kept), len(kept) - kept.count(None), state))
    width = max(len(name) for name, *_ in rows)
    return "\n".join(f"{name:<{width}}  {cases:>5}  {there:>5}  {state}" for name, cases, there, state in rows)


def priced(book: Book, names: list[str], how: How = HOW, only: str = "") -> str:
    """Return what is left to run of experiments, and what it will cost, as far as what ran tells it."""
    lines, whole = [], []
    for experiment, cases in kept_of(chosen(book, names, how), only):
        missing, ran = [case for case, record in cases if record is None], experiment.ran()
        if not missing:
            lines.append(f"{experiment}: all {len(cases)} cases are there")
            continue
        seconds = sum(cost.expected(case, ran) for case in missing) if ran else None
        price = f"about {cost.told(seconds)} of one core" if ran else "at a cost that is known when one has run"
        more = ", and those that follow from them" if "then" in experiment.names() else ""
        lines.append(f"{experiment}: {len(missing)} of {len(cases)} cases to run, {price}{more}")
        whole.append(seconds)
    if len(whole) > 1 or how.jobs > 1 and whole:
        known = [seconds for seconds in whole if seconds is not None]
        least = "at least " if len(known) < len(whole) else ""
        lines += [f"in all {least}about {cost.told(sum(known) / how.jobs)}, {how.jobs} at a time"] if known else []
    return "\n".join(lines)


def verify(book: Book, names: list[str], how: How = HOW) -> None:
    """Run a small part of experiments again. Raises BookError if it does not give the frozen numbers, or they are stale."""
    reduced, differences = data.unpacked(book.root, book.cache), []
    os.environ.update(cache.STEADY)
    for experiment in (replace(experiment, digits=training(reduced)) for experiment in chosen(book, names, how)):
        found = unfit(experiment) or alone(experiment)
        differences += found or differing(experiment, measure(experiment, experiment.names()["SMALL"], reduced, fresh=True))
    if differences:
        raise BookError("\n".join(differences))


def unfit(experiment: Experiment) -> list[str]:
    """Return why what is measured now cannot be held against the frozen numbers, and what to do, if it cannot."""
    frozen, label = experiment.frozen(), experiment.how.label
    if why := stale(experiment.path, frozen):
        return [f"experiments/{experiment.path.name}:1: {why}; {again(experiment.name, label)}"]
    if frozen["device"] != label:
        said = f"was measured on {frozen['device']}, and this is {label}: they are not compared"
        return [f"{experiment.place}:1: {said}; {again(experiment.name, label)}"]
    return []


def alone(experiment: Experiment) -> list[str]:
    """Return a sentence for each case of SMALL that has one seed: by two it is known how far a number scatters."""
    seeds = {}
    for case in experiment.names()["SMALL"]:
        name = ", ".join(f"{key} {value}" for key, value in case.items() if key != "seed")
        seeds.setdefault(name, set()).add(case.get("seed"))
    where = f"experiments/{experiment.path.name}:1: SMALL has one seed"
    return [
        f"{where} for {name}; give it two, by which --verify knows how far it scatters"
        for name in seeds
        if len(seeds[name]) < 2
    ]


def again(name: str, label: str = "cpu") -> str:
    """Return what to do to have an experiment's numbers anew."""
    device = "" if label == "cpu" else f' ARGS="--device {label.partition(",")[0]}"'
    return f"run `make experiments NAMES={name}{device}`, and commit {place(name, label)}"


def stale(path: Path, frozen: dict) -> str:
    """Return why frozen numbers are not those of an experiment as it stands, or nothing."""
    if not frozen["values"]:
        return "has no frozen numbers"
    if frozen["program_sha256"] != program.digest(path):
        return "its frozen numbers are another program's"
    return "" if frozen.get("question_sha256") == program.question(path) else "its cases or its values have changed since"


def problems(book: Book) -> list[str]:
    """Return a sentence for each experiment whose frozen numbers are missing or not its own, and each leftover."""
    found, there = [], program.there(book)
    for path in there.values():
        found += program.hidden(path)
    kept = {(path.stem, path.parent.name) for path in files.below(book.root / "data" / "experiments", "*.json")}
    kept = {(name, "cpu" if folder == "experiments" else folder) for name, folder in kept}
    for name, kind in sorted(kept | {(name, "cpu") for name in there}):
        gone = f"{place(name, kind)}:1: there is no experiments/{name}.py; delete it"
        found += _wrong(book, there[name], kind) if name in there else [gone]
    return found


def _wrong(book: Book, path: Path, kind: str) -> list[str]:
    """Return what is wrong with the frozen numbers that an experiment has of a kind of device."""
    where, remedy = place(path.stem, kind), again(path.stem, kind)
    try:
        frozen = store.read(book.root / where, where) if (book.root / where).exists() else {"values": {}}
        if why := stale(path, frozen):
            return [f"experiments/{path.name}:1: {why}; {remedy}"]
        other = store.other_versions(book.root, frozen)
        return [f"{where}:1: measured with {library}, which pyproject.toml does not pin; {remedy}" for library in other]
    except (BookError, SyntaxError) as error:
        return [f"{error}, or {remedy}"]


def differing(experiment: Experiment, measured: list[dict]) -> list[str]:
    """Return a sentence for each mean over the seeds that is more than 4 sd from the frozen one."""
    old, new = by_seed(experiment.frozen()["small"]), by_seed(_kept(measured))
    if old.keys() != new.keys():
        return [f"{experiment.place}: does not have the same numbers as what ran: {', '.join(sorted(old.keys() ^ new.keys()))}"]
    means = {k: (fmean(new[k]), fmean(old[k]), stdev(old[k])) for k in old}
    return [
        f"{experiment.place}: {k} is {m:g}, frozen is {n:g}" for k, (m, n, sd) in means.items() if abs(m - n) > 4 * sd + 1e-12
    ]


def by_seed(results: list) -> dict[str, list[float]]:
    """Return the numbers of results, those of one place and of all seeds together."""
    found = {}
    for case, result in results:
        name = ", ".join(f"{key} {value}" for key, value in case.items() if key != "seed")
        for i, number in enumerate(NUMBER.findall(json.dumps(result))):
            found.setdefault(f"{name}: number {i}", []).append(float(number))
    return found
