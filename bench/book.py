"""A copy of the book, in which a bench may build and break what it likes."""

import shutil
from pathlib import Path

from downhill.manuscript import counts
from downhill.manuscript.book import Book

ROOT = Path(__file__).parents[1]
CHAPTERS = tuple(name.removesuffix(".md") for name in counts.chapters(Book(ROOT)))


def copy(target: Path, results: bool = True) -> None:
    """Copy what a build reads to target, and the results of the snippets, if they are wanted and there."""
    for name in ("docs", "snippets", "data", "experiments"):
        shutil.copytree(ROOT / name, target / name)
    for name in ("mkdocs.yml", "matplotlibrc"):
        shutil.copy(ROOT / name, target)
    if results and (runs := ROOT / ".cache" / "runs").exists():
        shutil.copytree(runs, target / ".cache" / "runs")
