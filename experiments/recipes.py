"""Recipes as people copy them, on the linear softmax: an ImageNet recipe, its effective rate alone, and better ones."""

from _softmax import pairs, train

SEEDS = range(5)
RECIPES = {
    "plain": {"lr": 0.01},
    "copied": {"lr": 0.1, "beta": 0.9, "decay": 1e-4},  # with StepLR(30, 0.1): constant for the first 30 epochs
    "effective": {"lr": 1.0},  # what 0.1 with momentum 0.9 amounts to
    "tenth": {"lr": 0.01, "beta": 0.9, "decay": 1e-4},
    "stepped": {"lr": 0.01, "beta": 0.9, "decay": 1e-4, "schedule": "step"},
    "cosine": {"lr": 0.01, "beta": 0.9, "decay": 1e-4, "schedule": "cosine"},
    "raised": {"lr": 0.03, "beta": 0.9, "decay": 1e-4, "schedule": "cosine"},
    "copied_cosine": {"lr": 0.1, "beta": 0.9, "decay": 1e-4, "schedule": "cosine"},
}
CASES = [{"recipe": recipe, "seed": seed} for recipe in RECIPES for seed in SEEDS]
SMALL = [{"recipe": "copied", "seed": seed} for seed in SEEDS[:3]]


def run(recipe, seed):
    """Train by one recipe, in whole batches."""
    measured = train("sgd", **RECIPES[recipe] | {"lr": [RECIPES[recipe]["lr"]]}, whole=True, seed=seed)
    return {what: number for what, (number,) in measured.items()}


def values(results):
    """Return test errors and training losses, a list over the seeds for each recipe, and the differences of the errors."""
    table = {"error": {}, "loss": {}}
    for case, result in results:
        for what, column in table.items():
            column.setdefault(case["recipe"], []).append(result[what])
    return table | {"gap": pairs(table["error"])}
