"""A linear model of words as rare as in a text, which guesses the next one: a row for each word, and a matrix after it."""

import functools
import math
import sys

import torch
import training
from torch import nn

WORDS, WIDTH, SURE = 512, 16, 0.8
STEPS, BATCH = 500, 128
SCORE, GUESS, GLANCE = "bits", math.log2(WORDS), 1000


@functools.cache
def data():
    """Return 64,000 pairs of words to train on, 10,000 for validation, and 10,000 for the test.

    The k-th most frequent word appears 1/k as often as the first. Its partner follows it in most cases, and else any word does.
    """
    made = torch.Generator().manual_seed(0)
    partner, frequency = torch.randperm(WORDS, generator=made), 1 / torch.arange(1.0, WORDS + 1)
    word, other = torch.multinomial(frequency, 168_000, replacement=True, generator=made).chunk(2)
    follows = torch.where(torch.rand(84_000, generator=made) < SURE, partner[word], other)
    sizes = [64_000, 10_000, 10_000]
    return list(zip(word.split(sizes), follows.split(sizes), strict=True))


def model():
    return nn.Sequential(nn.Embedding(WORDS, WIDTH), nn.Linear(WIDTH, WORDS, bias=False))


def hidden(model):
    """Return the matrices between two layers: there are none."""
    return []


if __name__ == "__main__":
    training.main(sys.modules[__name__], lr=0.05)
