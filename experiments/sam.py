"""SAM and SGD at the same number of gradients, each row of the table at its own best rate."""

import math

import torch
from _softmax import best, by_seed, digits, measures, pairs
from torch.nn.functional import cross_entropy

SEEDS = range(3)
RATES = [0.01, 0.02, 0.05, 0.1, 0.2]
ROWS = [(0.0, 10), (0.0, 20), (0.05, 10), (0.1, 10), (0.2, 10), (0.5, 10)]  # the radius of SAM, and epochs
CASES = [{"rho": rho, "epochs": n, "lr": [lr], "seed": seed} for rho, n in ROWS for lr in RATES for seed in SEEDS]
SMALL = [{"rho": 0.2, "epochs": 2, "lr": [0.02], "seed": seed} for seed in SEEDS[:2]]
KEPT, BATCH, BETA = 5000, 64, 0.9


def outputs(w, x):
    return torch.relu(x @ w[0]) @ w[1]


def gradient(w, x, y):
    w = [part.detach().requires_grad_() for part in w]
    return torch.autograd.grad(cross_entropy(outputs(w, x), y), w)


def size(parts):
    return torch.cat([part.flatten() for part in parts]).norm()


def sharpness(w, x, y, rounds=30):
    """Return the largest curvature of the loss on some digits, by power iteration."""
    w = [part.detach().requires_grad_() for part in w]
    slopes = torch.autograd.grad(cross_entropy(outputs(w, x), y), w, create_graph=True)
    v = [torch.ones_like(part) for part in w]
    for _ in range(rounds):
        v = torch.autograd.grad(slopes, w, [part / size(v) for part in v], retain_graph=True)
    return round(size(v).item(), 3)


def run(rho, epochs, lr, seed):
    """Train 784-64-10 on the first 5000 digits with momentum and a cosine; return errors in percent, training loss, sharpness."""
    (x, y), validation, test = digits()
    x, y = x[:KEPT], y[:KEPT]
    found = {"validation": [], "error": [], "loss": [], "sharpness": []}
    for rate in lr:
        torch.manual_seed(seed)
        w = [torch.randn(785, 64) * (2 / 785) ** 0.5, torch.randn(64, 10) * (1 / 64) ** 0.5]
        velocity, t, steps = [torch.zeros_like(part) for part in w], 0, epochs * math.ceil(KEPT / BATCH)
        for _ in range(epochs):
            for rows in torch.randperm(KEPT).split(BATCH):
                grads = gradient(w, x[rows], y[rows])
                if rho:
                    shift = rho / (size(grads) + 1e-12)
                    grads = gradient([p + shift * g for p, g in zip(w, grads, strict=True)], x[rows], y[rows])
                now = rate * (1 + math.cos(math.pi * t / steps)) / 2
                velocity = [BETA * v + g for v, g in zip(velocity, grads, strict=True)]
                w, t = [p - now * v for p, v in zip(w, velocity, strict=True)], t + 1
        for name, (images, labels) in (("validation", validation), ("error", test), ("loss", (x, y))):
            errors, losses = measures(torch.eye(10), outputs(w, images), labels)
            found[name] += losses if name == "loss" else errors
        found["sharpness"].append(sharpness(w, x[:2000], y[:2000]))
    return found


def values(results):
    """Return the test errors by row and rate; of each row the best rate, chosen on validation digits, and test errors, training
    losses, and sharpness there; and the differences of the test errors between rows, seed by seed.
    """
    kinds = ("error", "loss", "sharpness", "validation")
    error, loss, sharp, validation = (by_seed(results, ["rho", "epochs"], what) for what in kinds)
    rate = {row: best(column) for row, column in validation.items()}
    top, final, curve = ({row: table[row][lr] for row, lr in rate.items()} for table in (error, loss, sharp))
    return {"error": error, "best": rate, "top": top, "final": final, "sharp": curve, "gap": pairs(top)}
