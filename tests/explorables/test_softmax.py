"""Softmax regression in JavaScript is PyTorch's: loss, gradient, and SGD on the same mini-batches of the same digits."""

import base64
import gzip
import json

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from downhill.execution import data, digits
from tests.book import BOOK, ROOT

torch.set_num_threads(1)
BEGIN = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const { contents, Training } = await import("/numerics/digits.js");
  const softmax = await import("/numerics/softmax.js");
  const [images, labels, testImages, testLabels] = contents(bytes);
  Object.assign(globalThis, { Training, softmax, train: { images, labels }, test: { images: testImages, labels: testLabels } });
}"""
GRADIENT = """
const gradient = softmax.zeros();
return [softmax.lossAndGradient(given.model, train, given.rows, gradient), ...gradient];
"""
TRAIN = """
const training = new Training(train, 3);
const [losses, rows] = [[], []];
for (const [lr, batch, beta] of given) {
  losses.push(training.step(lr, batch, beta));
  rows.push([...training.rows]);
}
return { losses, rows, epoch: training.epoch, model: [...training.model], ...softmax.evaluate(training.model, test) };
"""
LONG = """
const training = new Training(train);
const [lr, batch, beta] = given;
return Array.from({ length: 50 }, (_, epoch) => {
  while (training.epoch <= epoch) training.step(lr, batch, beta);
  return [softmax.evaluate(training.model, train).loss, softmax.evaluate(training.model, test).error];
});
"""


@pytest.fixture(scope="module")
def sets():
    """The digits of the page, as tensors scaled like the book's in 64-bit numbers: (images, labels) of training and test."""
    raw = data.unpacked(ROOT, BOOK.cache)
    found = []
    for name, part in digits.PARTS.items():
        images = np.frombuffer((raw / f"{name}-images-idx3-ubyte").read_bytes(), np.uint8, offset=16).reshape(-1, 784)[part]
        labels = np.frombuffer((raw / f"{name}-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)[part]
        found.append(((torch.tensor(images).double() / 255 - 0.1307) / 0.3081, torch.tensor(labels).long()))
    return found


@pytest.fixture(scope="module")
def said(blank):
    """A function: what a piece of JavaScript returns that knows the digits of the page."""
    blank.evaluate(BEGIN, base64.b64encode(gzip.decompress(digits.packed(ROOT))).decode())
    return lambda script, given: json.loads(blank.evaluate(f"(given) => JSON.stringify((() => {{ {script} }})())", given))


def linear(model=None):
    """Return PyTorch's model in 64-bit numbers, from an array of weights, pixel by pixel, and biases."""
    made = torch.nn.Linear(784, 10, dtype=torch.float64)
    values = torch.zeros(7850, dtype=torch.float64) if model is None else torch.tensor(model, dtype=torch.float64)
    with torch.no_grad():
        made.weight.copy_(values[:7840].reshape(784, 10).T)
        made.bias.copy_(values[7840:])
    return made


def flat(weight, bias):
    return np.concatenate([weight.detach().numpy().T.ravel(), bias.detach().numpy()])


def close(found, expected) -> bool:
    return bool(np.max(np.abs(np.array(found) - expected)) <= 1e-12 * np.max(np.abs(expected)))


def test_the_page_has_2000_training_digits_and_every_tenth_of_the_test(sets):
    assert [len(labels) for _, labels in sets] == [2000, 1000]
    assert digits.packed(ROOT) == digits.packed.__wrapped__(ROOT), "the same bytes each time"
    assert gzip.decompress(digits.packed(ROOT))[:16].hex(" ") == "00 00 08 03 00 00 07 d0 00 00 00 1c 00 00 00 1c"


@pytest.mark.parametrize("size", [0.0, 0.03, 3.0])
@pytest.mark.parametrize("batch", [1, 2, 64, 2000])
def test_loss_and_gradient_are_torchs(said, sets, size, batch):
    rng = np.random.default_rng(batch)
    model, rows = (size * rng.normal(size=7850)).tolist(), rng.permutation(2000)[:batch].tolist()
    loss, *gradient = said(GRADIENT, {"model": model, "rows": rows})
    expected, (images, labels) = linear(model), sets[0]
    value = cross_entropy(expected(images[rows]), labels[rows])
    value.backward()
    assert close([loss], value.item())
    assert close(gradient, flat(expected.weight.grad, expected.bias.grad))


@pytest.mark.parametrize("beta", [0, 0.9])
def test_training_is_the_books_sgd_on_the_same_batches(said, sets, beta):
    steps = [(0.03, 64, beta)] * 40 + [(0.001, 1, beta)] * 30 + [(0.1, 512, beta)] * 5 + [(0.3, 2000, beta)] * 2
    run = said(TRAIN, steps)
    (images, labels), (test_images, test_labels) = sets
    model = linear()
    optimizer = torch.optim.SGD(model.parameters(), lr=1, momentum=beta)
    losses = []
    for (lr, batch, _), rows in zip(steps, run["rows"], strict=True):
        assert len(rows) <= batch
        optimizer.param_groups[0]["lr"] = lr
        optimizer.zero_grad()
        loss = cross_entropy(model(images[rows]), labels[rows])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert close(run["losses"], losses)
    assert close(run["model"], flat(model.weight, model.bias))
    scores = model(test_images)
    assert close([run["loss"]], cross_entropy(scores, test_labels).item())
    assert run["error"] == pytest.approx(100 * (scores.argmax(1) != test_labels).double().mean().item(), abs=1e-9)


def test_an_epoch_shows_each_digit_once(said):
    run = said(TRAIN, [(0.03, 64, 0)] * 64)
    for epoch in (run["rows"][:32], run["rows"][32:]):
        assert sorted(row for rows in epoch for row in rows) == list(range(2000))
        assert [len(rows) for rows in epoch] == [64] * 31 + [16]
    assert run["rows"][:32] != run["rows"][32:]
    assert run["epoch"] == 2


@pytest.mark.parametrize("setting", [(0.03, 64, 0), (0.01, 64, 0.9)])
def test_what_the_page_says_of_it_is_so(said, setting):
    """After a few epochs the test error stays, some points above that of 10,000 digits, and the training loss falls on."""
    losses, errors = np.array(said(LONG, setting)).T
    early, late = np.mean(errors[3:10]), np.mean(errors[-7:])
    assert abs(late - early) < 1
    assert np.min(errors) > 9.48 + 2, "the error of tab-mnist, which mnist_sgd.py pins"
    assert losses[-1] < losses[4] / 2
