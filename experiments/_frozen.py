"""What experiments take from the frozen numbers of others, which they name in AFTER, and how they tell a mean."""

import json
from pathlib import Path
from statistics import fmean

from _protocol import half


def frozen(name):
    """Return what an experiment has measured, as (case, numbers) pairs from its frozen file."""
    kept = json.loads((Path(__file__).parents[1] / "data" / "experiments" / f"{name}.json").read_text(encoding="utf-8"))
    found = [(case, result["dict"]) for case, result in kept["results"]]
    return [(case, dict(zip(parts[::2], parts[1::2], strict=True))) for case, parts in found]


def interval(numbers):
    """Return a mean and half of its 95% interval, as pages quote them.

    >>> interval([1, 2, 3, 4, 5])
    (3.0, 1.96324)
    """
    return round(fmean(numbers), 5), round(half(numbers), 5)
