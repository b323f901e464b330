"""Eight methods train a linear softmax on MNIST, a convex problem: errors in %."""

import _protocol
import linear
from _protocol import own, then  # noqa: F401
from training import POINTS, train

SPACES = {  # the lowest of six rates
    "sgd": 0.001,
    "momentum": 0.00032,
    "nag": 0.00032,
    "rmsprop": 0.0001,
    "adam": 0.0001,
    "adamw": 0.0001,
    "lion": 0.00001,
    "schedule_free": 0.001,
}
CASES = _protocol.cases(SPACES)
SMALL = [{"method": "adamw", "schedule": "cosine", "lr": 0.001, "seed": seed} for seed in range(3)]


def run(method, schedule, lr, seed, device="cpu", optimizer=None):
    """Train once, as all are trained."""
    return train(linear, method, schedule, lr, seed, linear.STEPS, device, optimizer)


def values(results):
    """Return what `_protocol.values` does; the target is 9% of errors, and what is within 0.5 points of the best is good."""
    return _protocol.values(results, guess=linear.GUESS, target=9.0, tolerance=0.5, every=linear.STEPS / POINTS)
