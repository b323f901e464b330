"""Nine methods train a small convolutional network with batch normalization on MNIST: errors in %."""

import _protocol
import convnet
from _protocol import own, then  # noqa: F401
from training import POINTS, train

SPACES = {  # the lowest of six rates
    "sgd": 0.01,
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
SMALL = [{"method": "adamw", "schedule": "cosine", "lr": 0.01, "seed": seed} for seed in range(3)]


def run(method, schedule, lr, seed, device="cpu", optimizer=None):
    """Train once, as all are trained."""
    return train(convnet, method, schedule, lr, seed, convnet.STEPS, device, optimizer)


def values(results):
    """Return what `_protocol.values` does; the target is 4% of errors, and what is within 0.5 points of the best is good."""
    return _protocol.values(results, guess=convnet.GUESS, target=4.0, tolerance=0.5, every=convnet.STEPS / POINTS)
