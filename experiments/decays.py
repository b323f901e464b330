"""Weight decay: L2 in the gradient for momentum SGD and for Adam, decoupled for AdamW; cosine to zero."""

from _softmax import best, by_seed, train

SEEDS = range(5)
DECAYS = [0.0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 1.0]
HOW = {
    "momentum": {"method": "sgd", "lr": 0.03, "beta": 0.9},
    "adam": {"method": "adam", "lr": 0.003},
    "adamw": {"method": "adamw", "lr": 0.003},
}
CASES = [{"method": method, "decay": DECAYS, "seed": seed} for method in HOW for seed in SEEDS]
SMALL = [{"method": "adamw", "decay": [0.0, 1e-2], "seed": seed} for seed in SEEDS[:3]]


def run(method, decay, seed):
    """Train for five epochs, in whole batches, one model for each decay."""
    how = HOW[method]
    return train(**how | {"lr": [how["lr"]] * len(decay)}, decay=decay, schedule="cosine", whole=True, seed=seed)


def values(results):
    """Return test errors and training losses by method and decay, and each method's best decay, chosen on validation digits."""
    tables = {what: by_seed(results, ["method"], what, rows="decay") for what in ("error", "loss", "validation")}
    return tables | {"best": {method: best(column) for method, column in tables.pop("validation").items()}}
