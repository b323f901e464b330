"""Eight methods guess the next word, where words are as rare as in a text: two matrices, scores in bits."""

import _protocol
import zipf
from _protocol import own, then  # noqa: F401
from training import POINTS, train

SPACES = {  # the lowest of six rates
    "sgd": 0.32,
    "momentum": 0.032,
    "nag": 0.032,
    "rmsprop": 0.001,
    "adam": 0.001,
    "adamw": 0.001,
    "lion": 0.00032,
    "schedule_free": 0.0032,
}
CASES = _protocol.cases(SPACES)
SMALL = [{"method": "adamw", "schedule": "cosine", "lr": 0.032, "seed": seed} for seed in range(3)]


def run(method, schedule, lr, seed, device="cpu", optimizer=None):
    """Train once, as all are trained."""
    return train(zipf, method, schedule, lr, seed, zipf.STEPS, device, optimizer)


def values(results):
    """Return what `_protocol.values` does; the target is 3 bits, and what is within 0.1 bits of the best is good."""
    return _protocol.values(results, guess=zipf.GUESS, target=3.0, tolerance=0.1, every=zipf.STEPS / POINTS)
