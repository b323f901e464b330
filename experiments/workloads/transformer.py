"""A transformer of two layers that guesses the next character of Shakespeare."""

import functools
import gzip
import hashlib
import sys
from pathlib import Path

import torch
import training
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

TEXT = Path(__file__).parents[2] / "data" / "shakespeare" / "input.txt.gz"
SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
WIDTH, HEADS, LAYERS, CONTEXT = 64, 4, 2, 64
STEPS, BATCH = 200, 16
SCORE, GUESS, GLANCE = "bits", 6.0, 64


@functools.cache
def data():
    """Return the text in windows of CONTEXT characters and, for each character, the next one: 90, 5, and 5% of it in order."""
    text = gzip.decompress(TEXT.read_bytes())
    if hashlib.sha256(text).hexdigest() != SHA256:
        raise ValueError(f"{TEXT} is not the text that is measured")
    codes = torch.frombuffer(bytearray(text), dtype=torch.uint8).unique(return_inverse=True)[1]
    windows = codes[: (len(codes) - 1) // CONTEXT * CONTEXT + 1]
    x, y = windows[:-1].view(-1, CONTEXT), windows[1:].view(-1, CONTEXT)
    cuts = len(x) * 90 // 100, len(x) * 95 // 100
    return list(zip(x.tensor_split(cuts), y.tensor_split(cuts), strict=True))


class Layer(nn.Module):
    """Attention to what has been, and a hidden layer for each character; each added to what goes in."""

    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)])
        self.attend, self.gather = nn.Linear(WIDTH, 3 * WIDTH, bias=False), nn.Linear(WIDTH, WIDTH, bias=False)
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        q, k, v = self.attend(self.norms[0](x)).unflatten(-1, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        x = x + self.gather(scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).flatten(2))
        return x + self.narrow(nn.functional.gelu(self.widen(self.norms[1](x))))


class Transformer(nn.Module):
    def __init__(self, characters=65):
        super().__init__()
        self.embed, self.place = nn.Embedding(characters, WIDTH), nn.Parameter(0.02 * torch.randn(CONTEXT, WIDTH))
        nn.init.normal_(self.embed.weight, std=0.02)
        self.layers = nn.Sequential(*(Layer() for _ in range(LAYERS)))
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, characters, bias=False)

    def forward(self, x):
        return self.head(self.norm(self.layers(self.embed(x) + self.place)))


def model():
    return Transformer()


def hidden(model):
    return [w for w in model.layers.parameters() if w.dim() == 2]


if __name__ == "__main__":
    training.main(sys.modules[__name__], lr=0.005)
