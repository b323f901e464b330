"""Nine methods train a transformer of two layers to guess the next character of Shakespeare: bits."""

import _protocol
import transformer
from _protocol import own, then  # noqa: F401
from training import POINTS, train

SPACES = {  # the lowest of six rates
    "sgd": 0.032,
    "momentum": 0.0032,
    "nag": 0.0032,
    "rmsprop": 0.00032,
    "adam": 0.00032,
    "adamw": 0.00032,
    "lion": 0.000032,
    "schedule_free": 0.001,
    "muon": 0.001,
}
CASES = _protocol.cases(SPACES)
SMALL = [{"method": "adamw", "schedule": "cosine", "lr": 0.01, "seed": seed} for seed in range(2)]


def run(method, schedule, lr, seed, device="cpu", optimizer=None):
    """Train once, as all are trained."""
    return train(transformer, method, schedule, lr, seed, transformer.STEPS, device, optimizer)


def values(results):
    """Return what `_protocol.values` does; the target is 4 bits, and what is within 0.1 bits of the best is good."""
    return _protocol.values(results, guess=transformer.GUESS, target=4.0, tolerance=0.1, every=transformer.STEPS / POINTS)
