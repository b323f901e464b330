"""What experiments take from the frozen numbers of others, which they name in AFTER."""

import json
from pathlib import Path

from _protocol import FRESH


def frozen(name):
    """Return what an experiment has measured, as (case, numbers) pairs from its frozen file."""
    kept = json.loads((Path(__file__).parents[1] / "data" / "experiments" / f"{name}.json").read_text(encoding="utf-8"))
    found = [(case, result["dict"]) for case, result in kept["results"]]
    return [(case, dict(zip(parts[::2], parts[1::2], strict=True))) for case, parts in found]


def fresh(results):
    """Return {method: {seed: test score}} of the fresh seeds."""
    found = {}
    for case, result in results:
        if case["seed"] in FRESH:
            found.setdefault(case["method"], {})[case["seed"]] = result["test"]
    return found
