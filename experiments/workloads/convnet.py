"""A small convolutional network with batch normalization on MNIST."""

import sys

import training
from digits import digits as data  # noqa: F401
from torch import nn

STEPS, BATCH = 250, 128
SCORE, GUESS, GLANCE = "error", 90.0, 2000


def model():
    """Return a network of three layers with filters, each of which halves the picture, and a linear one."""
    sizes = [(1, 8), (8, 16), (16, 32)]
    layers = [(nn.Conv2d(a, b, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU()) for a, b in sizes]
    return nn.Sequential(nn.Unflatten(1, (1, 28, 28)), *sum(layers, ()), nn.Flatten(), nn.Linear(512, 10))


def hidden(model):
    return [layer.weight for layer in model if isinstance(layer, nn.Conv2d)]


if __name__ == "__main__":
    training.main(sys.modules[__name__], lr=0.01)
