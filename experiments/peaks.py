"""A constant rate and a line to zero at five peaks, on a network: the last weights, and their running mean."""

import torch
from _softmax import best, digits, measures, pairs
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

SEEDS = range(5)
PEAKS = [0.01, 0.03, 0.06, 0.1, 0.2]
CASES = [{"falls": falls, "peak": peak, "seed": seed} for falls in (0, 1) for peak in PEAKS for seed in SEEDS]
SMALL = [{"falls": 1, "peak": 0.1, "seed": seed} for seed in SEEDS[:3]]
STEPS, BATCH = 785, 64


def run(falls, peak, seed):
    """Train 784-128-10 by momentum 0.9, the rate constant or falling in a line to zero; return errors in percent."""
    (x, y), validation, test = digits()
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(785, 128, bias=False), nn.ReLU(), nn.Linear(128, 10))
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.98))
    optimizer = torch.optim.SGD(model.parameters(), peak, momentum=0.9)
    for t, rows in enumerate(torch.randint(len(x), (STEPS, BATCH))):
        optimizer.param_groups[0]["lr"] = peak * (1 - falls * t / STEPS)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
        mean.update_parameters(model)
    found = {}
    with torch.no_grad():
        for kept, net in (("last", model), ("mean", mean)):
            for what, (images, labels) in (("validation", validation), ("error", test)):
                found[kept, what] = measures(torch.eye(10), net(images), labels)[0][0]
    return found


def values(results):
    """Return validation errors by kind and peak, of the last weights under a constant rate and under a line, and of the mean
    under a constant rate; of each kind the best peak by these, the test errors there, and their differences between kinds; and
    the differences of the validation errors at the lowest peak.
    """
    validation, error = ({"constant": {}, "line": {}, "averaged": {}} for _ in range(2))
    for case, found in results:
        kinds = {"line": "last"} if case["falls"] else {"constant": "last", "averaged": "mean"}
        for what, table in (("validation", validation), ("error", error)):
            for kind, kept in kinds.items():
                table[kind].setdefault(case["peak"], []).append(found[kept, what])
    peak = {kind: best(column) for kind, column in validation.items()}
    top = {kind: error[kind][rate] for kind, rate in peak.items()}
    low = pairs({kind: column[PEAKS[0]] for kind, column in validation.items()})
    return {"validation": validation, "best": peak, "top": top, "gap": pairs(top), "low": low}
