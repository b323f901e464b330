"""One run of a workload: a model, a method, a schedule, a rate, and what is measured of them."""

import argparse
import contextlib
import math
from unittest.mock import patch

import torch
from methods import METHODS, SCHEDULES
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import update_bn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

POINTS = 20  # of a curve, at equal distances


def loss(model, x, y):
    return cross_entropy(model(x).flatten(0, -2), y.flatten())


@torch.no_grad()
def score(workload, model, x, y):
    """Return the share of wrong answers in %, or the bits for an answer; a model is never counted as worse than a guess."""
    total = 0.0
    for xs, ys in zip(x.split(1000), y.split(1000), strict=True):
        logits = model(xs).flatten(0, -2)
        if workload.SCORE == "error":
            total += 100 * (logits.argmax(1) != ys.flatten()).sum().item()
        else:
            total += cross_entropy(logits, ys.flatten(), reduction="sum").item() / math.log(2)
    mean = total / y.numel()
    return round(min(mean, workload.GUESS), 4) if math.isfinite(mean) else workload.GUESS


@contextlib.contextmanager
def judged(model, optimizers, batches):
    """Leave a model as it is judged, while this lasts: a mean of weights gets the statistics of batches anew."""
    means = [optimizer for optimizer in optimizers if hasattr(optimizer, "eval")]
    for optimizer in means:
        optimizer.eval()
    if means:
        update_bn(batches, model)
    model.eval()
    yield
    model.train()
    for optimizer in means:
        optimizer.train()


class Traffic(TorchDispatchMode):
    """Counts the bytes of the tensors that operations read and write."""

    bytes = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        made = operation(*args, **(kwargs or {}))
        read = {id(tensor): tensor for tensor in tree_leaves((args, kwargs))}
        touched = [] if operation.is_view else [*read.values(), *tree_leaves(made)]
        self.bytes += sum(tensor.nbytes for tensor in touched if torch.is_tensor(tensor))
        return made


def state(optimizers):
    """Return how many bytes optimizers keep."""
    kept = [kept for optimizer in optimizers for kept in optimizer.state.values()]
    return sum(tensor.nbytes for tensors in kept for tensor in tensors.values() if torch.is_tensor(tensor))


def order(examples, batch, steps):
    """Yield the numbers of a batch's examples for each step: each epoch in an order of its own, without a rest at its end."""
    step = 0
    while True:
        for rows in torch.randperm(examples)[: examples // batch * batch].split(batch):
            if step == steps:
                return
            yield rows
            step += 1


def step(model, optimizers, x, y, watch):
    """Move a model by one step; return the loss before."""
    model.zero_grad()
    before = loss(model, x, y)
    before.backward()
    with watch:
        for optimizer in optimizers:
            optimizer.step()
    return before.item()


@patch.object(torch.Tensor, "bfloat16", torch.Tensor.clone)  # Muon in single precision, on all devices alike
def train(workload, method, schedule, lr, seed, steps, device="cpu", optimizer=None):
    """Train a model of a workload. Return its scores on validation and test data, the mean loss of the last tenth of the steps,
    the scores on a part of the validation data at equal distances, and the bytes that the method keeps and moves for a weight.

    The weights at the start and the order of the examples are those of the seed, for all methods and devices. With an
    `optimizer`, which takes parameters and `lr=`, the method is only its name.
    """
    torch.manual_seed(seed)
    (x, y), *held = [(a.to(device), b.to(device)) for a, b in workload.data()]
    model, factor = workload.model().to(device), SCHEDULES[schedule]
    optimizers = [optimizer(model.parameters(), lr=lr)] if optimizer else METHODS[method](model, workload.hidden(model), lr)
    settle, glance = x[: 20 * workload.BATCH].split(workload.BATCH), [part[: workload.GLANCE] for part in held[0]]
    losses, curve, traffic = [], [], Traffic()
    for t, rows in enumerate(order(len(x), workload.BATCH, steps)):
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group["lr"] = lr * factor(t, steps)
        losses.append(step(model, optimizers, x[rows], y[rows], traffic if t == 1 else contextlib.nullcontext()))
        if not math.isfinite(losses[-1]):  # it has run away
            break
        if (t + 1) * POINTS // steps > t * POINTS // steps:
            with judged(model, optimizers, settle):
                curve.append(score(workload, model, *glance))
    curve += [workload.GUESS] * (min(POINTS, steps) - len(curve))
    with judged(model, optimizers, settle):
        validation, test = (score(workload, model, *part) for part in held)
    late, weights = losses[-max(steps // 10, 1) :], sum(w.numel() for w in model.parameters())
    return {
        "validation": validation,
        "test": test,
        "loss": round(sum(late) / len(late), 5) if math.isfinite(losses[-1]) else None,
        "curve": curve,
        "kept": round(state(optimizers) / weights, 3),
        "moved": round(traffic.bytes / weights, 3),
    }


def main(workload, lr):
    """Train a workload once, as the command line says, and print what is measured."""
    parser = argparse.ArgumentParser(description=workload.__doc__)
    parser.add_argument("--method", choices=METHODS, default="adamw")
    parser.add_argument("--schedule", choices=SCHEDULES, default="cosine")
    parser.add_argument("--lr", type=float, default=lr)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=workload.STEPS)
    parser.add_argument("--device", default="cpu", help="cpu, cuda, mps, ...")
    for name, found in train(workload, **vars(parser.parse_args())).items():
        print(f"{name:10}", found)
