"""The best rate of Adam at three widths: as networks usually start, and under the maximal update parametrization."""

import math

import torch
from _softmax import best, by_seed, digits
from torch.nn.functional import avg_pool2d, cross_entropy

SEEDS = range(3)
BASE, WIDTHS = 64, [64, 256, 1024]
ROWS = [("standard", width) for width in WIDTHS] + [("mup", width) for width in WIDTHS[1:]]  # at BASE both are the same
NEAR = {("standard", 64): -7, ("standard", 256): -8, ("standard", 1024): -9, ("mup", 256): -7, ("mup", 1024): -7}
CASES = [
    {"kind": kind, "width": width, "lr": [2.0 ** (NEAR[kind, width] + k)], "seed": seed}
    for kind, width in ROWS
    for k in (0, -1, 1, -2, 2, -3, 3)
    for seed in SEEDS
]
SMALL = [{"kind": "mup", "width": 256, "lr": [2.0**-7], "seed": seed} for seed in SEEDS[:2]]
KEPT, BATCH = 8000, 64


def halved(x):
    """Return images of 14 x 14, each pixel the mean of four, and the one at the end of each row."""
    return torch.cat([avg_pool2d(x[:, :784].view(-1, 1, 28, 28), 2).flatten(1), x[:, 784:]], 1)


def run(kind, width, lr, seed):
    """Train 196-width-width-10 for one epoch, the rate on a line to zero; return the losses on training and validation digits.

    Under the maximal update parametrization the rates of the last two layers fall like 1 / width, and the last layer starts
    smaller by one more root of the width. What is no better than a guess counts as one.
    """
    (x, y), validation, _ = digits()
    x, y, guess = halved(x[:KEPT]), y[:KEPT], math.log(10)
    held = halved(validation[0]), validation[1]
    ratio = BASE / width if kind == "mup" else 1.0
    found = {"loss": [], "validation": []}
    for rate in lr:
        torch.manual_seed(seed)
        w = [
            torch.randn(197, width) * (2 / 197) ** 0.5,
            torch.randn(width, width) * (2 / width) ** 0.5,
            torch.randn(width, 10) * (ratio / width) ** 0.5,
        ]
        rates = [rate, rate * ratio, rate * ratio]
        groups = [{"params": [part.requires_grad_()], "lr": each} for part, each in zip(w, rates, strict=True)]
        optimizer, steps = torch.optim.Adam(groups), math.ceil(KEPT / BATCH)
        for t, rows in enumerate(torch.randperm(KEPT).split(BATCH)):
            for group, each in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = each * (1 - t / steps)
            optimizer.zero_grad()
            cross_entropy(outputs(w, x[rows]), y[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            for name, (images, labels) in (("loss", (x, y)), ("validation", held)):
                loss = cross_entropy(outputs(w, images), labels).item()
                found[name].append(round(loss, 5) if loss < guess else round(guess, 5))
    return found


def outputs(w, x):
    return torch.relu(torch.relu(x @ w[0]) @ w[1]) @ w[2]


def values(results):
    """Return the losses by kind, width, and rate; of each row the best rate, by the mean training loss, and the loss there and
    at the rate that is best for the narrowest network; and the ratio of these two, seed by seed.
    """
    loss, held = (by_seed(results, ["kind", "width"], what) for what in ("loss", "validation"))
    for table in (loss, held):
        table["mup", BASE] = table["standard", BASE]
    rate = {row: best(column) for row, column in loss.items()}
    narrow = rate["standard", BASE]
    own = {row: loss[row][lr] for row, lr in rate.items()}
    carried = {row: column[narrow] for row, column in loss.items()}
    return {
        "loss": loss,
        "validation": held,
        "best": rate,
        "own": own,
        "carried": carried,
        "worse": {row: [round(a / b, 5) for a, b in zip(carried[row], own[row], strict=True)] for row in own},
    }
