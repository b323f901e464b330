"""A copy of the book with the results of its snippets, in which a bench may build and break what it likes."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copy(target: Path) -> None:
    """Copy what a build reads, and the results that make it quick, to target."""
    for name in ("docs", "snippets", "data"):
        shutil.copytree(ROOT / name, target / name)
    for name in ("mkdocs.yml", "matplotlibrc"):
        shutil.copy(ROOT / name, target)
    if (runs := ROOT / ".cache" / "runs").exists():
        shutil.copytree(runs, target / ".cache" / "runs")
