"""The model of every experiment: a linear softmax on MNIST. Many are trained at once, each with its own numbers.

The last training digits are not trained on: by their errors pages choose, and report the test errors of what was chosen.
"""

import functools
import itertools
import math
import statistics

import torch
from torchvision import datasets

EPOCHS = 5
SCHEDULES = {  # the factor on the learning rate, from the part of the training that is over
    "constant": lambda done: 1.0,
    "step": lambda done: 0.1 ** (int(done * EPOCHS + 1e-9) // 2),  # StepLR(2, gamma=0.1), stepped after each epoch
    "cosine": lambda done: 0.5 * (1 + math.cos(math.pi * done)),
}


def step(w, g, state, method, lr, beta=0.0, decay=None):
    """Move w in place by one step. Rows of lr, beta, decay answer the columns of w: other models, other numbers."""
    state["t"] = state.get("t", 0) + 1
    if decay is not None and method == "adamw":
        w.mul_(1 - lr * decay)
    elif decay is not None:
        g = g + decay * w
    if method in ("sgd", "nag"):
        v = state["v"] = state["v"].mul_(beta).add_(g) if "v" in state else g.clone()
        w.sub_(lr * (g + beta * v if method == "nag" else v))
    else:
        m = state.setdefault("m", torch.zeros_like(w)).lerp_(g, 0.1)
        s = state.setdefault("s", torch.zeros_like(w)).mul_(0.999).addcmul_(g, g, value=0.001)
        c = math.sqrt(1 - 0.999 ** state["t"])
        w.sub_(s.sqrt().add_(1e-8 * c).reciprocal_().mul_(m).mul_(lr * (c / (1 - 0.9 ** state["t"]))))


@functools.cache
def digits():
    """Return the digits for training, validation, and test: normalized, each a row that ends in a one, and their labels."""
    parts = []
    for data in (datasets.MNIST("data", train=train, download=True) for train in (True, False)):
        x = (data.data.float().view(-1, 784) / 255 - 0.1307) / 0.3081
        parts.append((torch.cat([x, torch.ones(len(x), 1)], dim=1), data.targets))
    (x, y), test = parts
    kept = len(x) - min(10_000, len(x) // 5)
    return (x[:kept], y[:kept]), (x[kept:], y[kept:]), test


def measures(w, x, y):
    """Return errors in percent and mean losses, one a model: w has a column for each class of each model, class by class."""
    wrong = loss = 0
    for xs, ys in zip(x.split(5000), y.split(5000), strict=True):
        logits = (xs @ w).view(len(xs), 10, -1)
        wrong += (logits.argmax(1) != ys[:, None]).sum(0)
        loss += (logits.logsumexp(1) - logits[torch.arange(len(ys)), ys]).sum(0)
    return [round(e, 2) for e in (100 * wrong / len(y)).tolist()], [round(v, 5) for v in (loss / len(y)).tolist()]


def train(method, lr, seed, schedule="constant", batch=64, whole=False, beta=0.0, decay=0.0):
    """Train a model for each number of the list lr; return validation errors, test errors (percent), and training losses.

    The models start at the same weights and see the same batches. `beta` and `decay` are numbers, or lists like `lr`.
    `whole` leaves out the short batch at the end of an epoch; a batch of 0 is all digits.
    """
    ((x, y), validation, test), models = digits(), len(lr)
    lr, beta, decay = (torch.as_tensor(a).float().expand(models).repeat(10) for a in (lr, beta, decay))
    decay = decay if decay.any() else None
    torch.manual_seed(seed)
    w = torch.empty(785, 10).uniform_(-1 / 28, 1 / 28).repeat_interleave(models, 1)  # as torch.nn.Linear(784, 10) starts
    state, labels, batch = {}, torch.eye(10)[y], batch or len(x)
    steps = EPOCHS * math.ceil(len(x) / batch)
    for epoch in range(EPOCHS):
        for i, part in enumerate(torch.randperm(len(x)).split(batch)):
            if whole and len(part) < batch:
                continue
            xs = x.index_select(0, part)
            error = (xs @ w).view(len(part), 10, models).softmax(1) - labels.index_select(0, part)[:, :, None]
            factor = SCHEDULES[schedule](epoch / EPOCHS + i / steps)
            step(w, xs.T @ error.view(len(part), -1).div_(len(part)), state, method, lr * factor, beta, decay)
    return {"validation": measures(w, *validation)[0], "error": measures(w, *test)[0], "loss": measures(w, x, y)[1]}


def decades(low, high):
    """Return 1, 2, 3, 5 of every decade, from 10 ** low to 10 ** high.

    >>> decades(-2, -1)
    [0.01, 0.02, 0.03, 0.05, 0.1]
    """
    return [float(f"{d}e{e}") for e in range(low, high) for d in (1, 2, 3, 5)] + [float(f"1e{high}")]


def by_seed(results, keys, what, rows="lr"):
    """Return {case: {row: [one number a seed]}}; a case is named by its values of the keys, of one key by that value."""
    table = {}
    for case, result in results:
        name = tuple(case[key] for key in keys) if len(keys) > 1 else case[keys[0]]
        for row, number in zip(case[rows], result[what], strict=True):
            table.setdefault(name, {}).setdefault(row, []).append(number)
    return table


def best(column):
    """Return the row of {row: [one number a seed]} whose mean is the smallest.

    >>> best({0.1: [3, 5], 0.2: [2, 3], 0.5: [4, 4]})
    0.2
    """
    return min(column, key={row: statistics.fmean(numbers) for row, numbers in column.items()}.get)


def pairs(columns):
    """Return {(a, b): [a - b, one a seed]} for every two of {name: [one number a seed]}: the runs of a seed are alike.

    >>> pairs({"a": [3, 5], "b": [2, 3]})
    {('a', 'b'): [1, 2], ('b', 'a'): [-1, -2]}
    """
    numbers = {(a, b): zip(columns[a], columns[b], strict=True) for a, b in itertools.permutations(columns, 2)}
    return {two: [round(x - y, 5) for x, y in both] for two, both in numbers.items()}
