"""A copy of the book, in which a bench may build and break what it likes."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHAPTERS = ("gradient-descent", "stochastic-gradient-descent", "momentum", "choosing", "schedules", "adaptive")


def copy(target: Path, results: bool = True) -> None:
    """Copy what a build reads to target, and the results of the snippets, if they are wanted and there."""
    for name in ("docs", "snippets", "data"):
        shutil.copytree(ROOT / name, target / name)
    for name in ("mkdocs.yml", "matplotlibrc"):
        shutil.copy(ROOT / name, target)
    if results and (runs := ROOT / ".cache" / "runs").exists():
        shutil.copytree(runs, target / ".cache" / "runs")
