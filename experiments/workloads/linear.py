"""A linear softmax on MNIST: 784-10, a convex problem."""

import sys

import training
from digits import digits as data  # noqa: F401
from torch import nn

STEPS, BATCH = 500, 128
SCORE, GUESS, GLANCE = "error", 90.0, 2000


def model():
    return nn.Linear(784, 10)


def hidden(model):
    """Return the matrices between two layers: there are none."""
    return []


if __name__ == "__main__":
    training.main(sys.modules[__name__], lr=0.002)
