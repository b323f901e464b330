"""A network with one hidden layer on MNIST: 784-100-10."""

import sys

import training
from digits import digits as data  # noqa: F401
from torch import nn

STEPS, BATCH = 500, 128
SCORE, GUESS, GLANCE = "error", 90.0, 2000


def model():
    return nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))


def hidden(model):
    return [model[0].weight]


if __name__ == "__main__":
    training.main(sys.modules[__name__], lr=0.002)
