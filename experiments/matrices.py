"""Six optimizers on a network with two hidden matrices: equal steps, equally many rates, each method at its best one."""

import math
from unittest.mock import patch

import torch
from _softmax import best, by_seed, digits, measures, pairs
from pytorch_optimizer import SOAP, Lion, Shampoo
from torch import nn
from torch.optim import SGD, AdamW, Muon

SEEDS = range(3)
GRIDS = {
    "momentum": [0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
    "adamw": [0.001, 0.002, 0.005, 0.01, 0.02, 0.05],
    "lion": [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01],
    "shampoo": [0.005, 0.01, 0.02, 0.05, 0.1, 0.2],
    "soap": [0.001, 0.002, 0.005, 0.01, 0.02, 0.05],
    "muon": [0.005, 0.01, 0.02, 0.05, 0.1, 0.2],
}
CASES = [{"method": method, "lr": [lr], "seed": seed} for method, grid in GRIDS.items() for lr in grid for seed in SEEDS]
SMALL = [{"method": "muon", "lr": [0.02], "seed": seed} for seed in SEEDS]
MAKE = {
    "momentum": lambda w, lr: SGD(w, lr, momentum=0.9),
    "adamw": lambda w, lr: AdamW(w, lr, weight_decay=0),
    "lion": lambda w, lr: Lion(w, lr),
    "shampoo": lambda w, lr: Shampoo(w, lr, preconditioning_compute_steps=10),
    "soap": lambda w, lr: SOAP(w, lr, weight_decay=0),
    "muon": lambda w, lr: Muon(w, lr, weight_decay=0),
}
STEPS, BATCH = 200, 128


@patch.object(torch.Tensor, "bfloat16", torch.Tensor.clone)
def run(method, lr, seed):
    """Train 784-128-128-10 for 200 batches, each rate in a line to zero; return errors in percent and the training loss.

    Shampoo, SOAP, and Muon move the two hidden matrices, and AdamW at 0.003 the rest. The other methods move everything. Muon
    works in single precision, as bfloat16 is slow where the processor only imitates it.
    """
    (x, y), validation, test = digits()
    found = {"validation": [], "error": [], "loss": []}
    for rate in lr:
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(785, 128, bias=False), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10))
        hidden = [model[0].weight, model[2].weight]
        rest = [p for p in model.parameters() if all(p is not w for w in hidden)]
        split = method in ("shampoo", "soap", "muon")
        optimizers = [MAKE[method](hidden if split else [*hidden, *rest], rate)]
        optimizers += [AdamW(rest, 0.003, weight_decay=0)] if split else []
        schedules = [torch.optim.lr_scheduler.LambdaLR(o, lambda t: 1 - t / STEPS) for o in optimizers]
        order = torch.cat([torch.randperm(len(x)) for _ in range(math.ceil(STEPS * BATCH / len(x)))])
        for rows in order[: STEPS * BATCH].split(BATCH):
            model.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            for part in (*optimizers, *schedules):
                part.step()
        with torch.no_grad():
            for name, (images, labels) in (("validation", validation), ("error", test), ("loss", (x, y))):
                errors, losses = measures(torch.eye(10), model(images), labels)
                found[name] += losses if name == "loss" else errors
    return found


def values(results):
    """Return test errors and training losses by method and rate; of each method the best rate, chosen on validation digits, and
    the test errors and losses there; and the differences of the test errors between methods.
    """
    error, loss, validation = (by_seed(results, ["method"], what) for what in ("error", "loss", "validation"))
    rate = {method: best(column) for method, column in validation.items()}
    top = {method: error[method][lr] for method, lr in rate.items()}
    final = {method: loss[method][lr] for method, lr in rate.items()}
    return {"error": error, "best": rate, "top": top, "final": final, "gap": pairs(top)}
