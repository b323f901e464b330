"""Where a reader's optimizer stands among the methods of an experiment, by the experiment's own protocol."""

from pathlib import Path

from downhill import BookError
from downhill.frozen import experiments, optimizer, program, store
from downhill.frozen.cases import Experiment, How, measure, pairs, staged
from downhill.manuscript.book import Book


def chosen(book: Book, names: list[str], how: How) -> list[Experiment]:
    """Return the experiments that names mean, if a reader's optimizer can be compared there. Raises BookError."""
    able = [name for name, path in program.there(book).items() if program.defines(path, "own")]
    told = ", ".join(able) or "none as yet"
    if not names:
        raise BookError(f"--optimizer {how.own.name}: name the workload to try it on; these take one: {told}")
    optimizer.tried(how.own)
    found = experiments.chosen(book, names, how)
    for experiment in found:
        if experiment.name not in able:
            raise BookError(f"experiments/{experiment.path.name}:1: takes no optimizer; these take one: {told}")
        if why := experiments.unfit(experiment):
            raise BookError(why[0])
        builds = {name: version.partition("+")[0] for name, version in program.versions(experiment.path).items()}
        frozen = {name: version.partition("+")[0] for name, version in experiment.frozen()["versions"].items()}
        if other := store.unlike({"versions": frozen}, builds):
            raise BookError(
                f"{experiment.place}:1: measured with {', '.join(other)}: install these, as pyproject.toml has them"
            )
    return found


def run(found: list[Experiment], folder: Path | None) -> None:
    """Measure a reader's optimizer on experiments as every method was, and print its place among them."""
    raw = experiments.digits(found[0].book, folder)
    for experiment in found:
        own = [record for _, record in staged(experiment, lambda cases, it=experiment: measure(it, cases, raw))]
        print(table(experiment, experiment.names()["values"](pairs([*experiment.others(), *own]))))


def table(experiment: Experiment, values: dict) -> str:
    """Return the ranking in words: of each method its place, setting and score, and how far from it the reader's one is."""
    rank, own, date = values["rank"], optimizer.NAME, experiment.frozen()["values"]["date"]
    seeds = len(next(iter(values["top"].values())))
    lines = [
        f"{experiment}: {own} is number {rank.index(own) + 1} of {len(rank)}",
        f"scores: means of {seeds} seeds ± half of a 95% interval; p: corrected for all comparisons; others: frozen on {date}",
    ]
    rows = [("", "method", "schedule", "rate", "score", f"{own} minus it", "p", "")]
    for place, method in enumerate(rank, 1):
        setting = values["schedule"][method], values["best"][method, values["schedule"][method]]
        score = "{:.3f} ± {:.3f}".format(*values["score"][method])
        rows.append((str(place), method, setting[0], f"{setting[1]:g}", score, *_beside(values, method)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    cells = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(lines + [line.rstrip() for line in cells])


def _beside(values: dict, method: str) -> tuple[str, str, str]:
    """Return the difference between the reader's optimizer and a method, its chance, and what can be said of it."""
    own = optimizer.NAME
    if method == own:
        return "", "", ""
    two = (own, method) if (own, method) in values["gap"] else (method, own)
    (mean, half), chance = values["gap"][two], values["chance"][two]
    mean = mean if two[0] == own else -mean
    said = "no difference" if chance > values["sure"] else f"{own} is {'better' if mean < 0 else 'worse'}"
    return f"{mean:+z.3f} ± {half:.3f}", f"{chance:.3f}", said
