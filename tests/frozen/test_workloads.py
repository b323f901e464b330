"""The workloads: each trains, alone and for every method alike; the methods of the book are those of a kept library."""

import hashlib
import importlib
import subprocess
import sys
from types import SimpleNamespace

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.optim import SGD, Adam, AdamW, Muon, RMSprop
from torch.optim.lr_scheduler import CosineAnnealingLR
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from downhill.execution import data, torchvision_ops
from downhill.frozen import program
from tests.book import ROOT

aten = torch.ops.aten
FOLDER = ROOT / "experiments" / "workloads"
NAMES = ["linear", "zipf", "mlp", "convnet", "transformer"]
SAME = {  # what each method is to be; Muon has tests of its own
    "sgd": lambda w, lr: SGD(w, lr),
    "momentum": lambda w, lr: SGD(w, lr, momentum=0.9),
    "nag": lambda w, lr: SGD(w, lr, momentum=0.9, nesterov=True),
    "rmsprop": lambda w, lr: RMSprop(w, lr, alpha=0.99),
    "adam": lambda w, lr: Adam(w, lr, betas=(0.9, 0.999), eps=1e-8),
    "adamw": lambda w, lr: AdamW(w, lr, weight_decay=0.01),
    "lion": lambda w, lr: kept().Lion(w, lr, betas=(0.9, 0.99), weight_decay=0.01),
    "schedule_free": lambda w, lr: kept().ScheduleFreeAdamW(w, lr, betas=(0.9, 0.999), weight_decay=0.01),
}


def kept():
    """Return the library; imported where it is wanted, as that takes a second, and the tests of all files are collected."""
    return importlib.import_module("pytorch_optimizer")


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The modules of the workloads, in a folder with the reduced digits."""
    torchvision_ops.ready()
    place = tmp_path_factory.mktemp("workloads")
    data.furnish(place, data.unpacked(ROOT, ROOT / ".cache"))
    with pytest.MonkeyPatch.context() as patch, program.importing(FOLDER / "training.py"):
        patch.chdir(place)
        yield SimpleNamespace(place=place, **{n: importlib.import_module(n) for n in [*NAMES, "methods", "training"]})


def walked(model, optimizers, factors) -> list[torch.Tensor]:
    """Return the weights by which a model is judged after a step for each factor on the rate, always on the same rows."""
    x, y = torch.randn(16, 6), torch.randint(3, (16,))
    lr = optimizers[0].param_groups[0]["lr"]
    for factor in factors:
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group["lr"] = lr * factor
        model.zero_grad()
        cross_entropy(model(x), y).backward()
        for optimizer in optimizers:
            optimizer.step()
    for optimizer in optimizers:
        if hasattr(optimizer, "eval"):
            optimizer.eval()
    return [w.detach().clone() for w in model.parameters()]


def network() -> nn.Module:
    """Return a network, the same each time, as are the rows that are drawn next."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))


@pytest.mark.parametrize("schedule", ["constant", "linear"])
@pytest.mark.parametrize("name", SAME)
def test_a_method_goes_where_a_kept_implementation_goes(here, name, schedule):
    factors = [here.methods.SCHEDULES[schedule](t, 100) for t in range(100)]
    ours, start = network(), [w.detach().clone() for w in network().parameters()]
    a = walked(ours, here.methods.METHODS[name](ours, [], 0.01), factors)
    theirs = network()
    b = walked(theirs, [SAME[name](theirs.parameters(), 0.01)], factors)
    assert all(torch.allclose(x, y, rtol=1e-5, atol=1e-6) for x, y in zip(a, b, strict=True))
    assert all(not torch.allclose(x, y, atol=0.01) for x, y in zip(a, start, strict=True))


def test_every_method_is_compared(here):
    assert {*SAME, "muon"} == {*here.methods.METHODS}


def test_muon_takes_the_hidden_matrices_and_adamw_the_rest(here):
    ours = network()
    a = walked(ours, here.methods.METHODS["muon"](ours, [ours[0].weight], 0.01), [1.0] * 100)
    theirs = network()
    hidden, rest = theirs[0].weight, [theirs[0].bias, *theirs[2].parameters()]
    two = [Muon([hidden], 0.01, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"), AdamW(rest, 0.01, weight_decay=0.01)]
    b = walked(theirs, two, [1.0] * 100)
    assert all(torch.equal(x, y) for x, y in zip(a, b, strict=True))


def test_muon_moves_filters_as_the_rows_of_a_matrix(here):
    torch.manual_seed(0)
    filters, x = nn.Conv2d(2, 4, 3), torch.randn(5, 2, 6, 6)
    flat = nn.Parameter(filters.weight.detach().flatten(1).clone())
    ours = here.methods.METHODS["muon"](filters, [filters.weight], 0.01)
    theirs = Muon([flat], 0.01, weight_decay=0.01, adjust_lr_fn="match_rms_adamw")
    for _ in range(10):
        filters.zero_grad()
        filters(x).square().mean().backward()
        flat.grad = filters.weight.grad.flatten(1).clone()
        ours[0].step()
        theirs.step()
    assert torch.equal(filters.weight.flatten(1), flat)


def test_schedules_are_what_their_names_say(here):
    parts = {name: [factor(t, 20) for t in range(20)] for name, factor in here.methods.SCHEDULES.items()}
    optimizer = SGD([nn.Parameter(torch.zeros(1))], 1.0)
    cosine, seen = CosineAnnealingLR(optimizer, 20), []
    for _ in range(20):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        cosine.step()
    assert parts["constant"] == [1.0] * 20
    assert parts["cosine"] == pytest.approx(seen)
    assert parts["linear"] == pytest.approx([0.5, 1.0, *((20 - t) / 18 for t in range(2, 20))])
    assert parts["wsd"] == pytest.approx([0.5, *[1.0] * 16, 0.75, 0.5, 0.25])


@pytest.mark.parametrize("name", NAMES)
def test_a_workload_learns_and_its_methods_begin_alike(here, name, monkeypatch):
    workload = getattr(here, name)
    few = [tuple(part[:n] for part in parts) for n, parts in zip((4000, 200, 200), workload.data(), strict=True)]
    monkeypatch.setattr(workload, "data", lambda: few)
    methods = ["adam", "schedule_free"] + (["muon"] if workload.hidden(workload.model()) else [])
    first = {m: here.training.train(workload, m, "constant", 0.01, 3, 1)["loss"] for m in methods}
    assert len({*first.values()}) == 1
    assert here.training.train(workload, "adam", "constant", 0.01, 4, 1)["loss"] != first["adam"]
    learned = here.training.train(workload, "adam", "constant", 0.01, 3, 12)
    assert learned["loss"] < 0.98 * first["adam"]
    assert len(learned["curve"]) == 12 and learned["curve"][-1] < workload.GUESS


class Together(TorchDispatchMode):
    """Refuses what a GPU refuses: an operation on tensors of two devices; a copy, an index, and a number may be of two."""

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        devices = {t.device.type for t in tree_leaves((args, kwargs)) if torch.is_tensor(t) and t.dim()}
        if len(devices) > 1 and operation.overloadpacket not in (aten._to_copy, aten.copy_, aten.index):
            raise RuntimeError(f"{operation} on {' and '.join(sorted(devices))}")
        return operation(*args, **(kwargs or {}))


@pytest.fixture
def elsewhere(monkeypatch):
    """A device without a GPU: meta, on which tensors have shapes alone; a number that is asked of one is a half."""
    for name in ("item", "__float__"):
        asked = getattr(torch.Tensor, name)
        monkeypatch.setattr(torch.Tensor, name, lambda t, asked=asked: 0.5 if t.is_meta else asked(t))
    with Together():
        yield "meta"


@pytest.mark.parametrize("name", NAMES)
def test_on_another_device_a_run_has_all_its_tensors_there(here, elsewhere, name, monkeypatch):
    workload = getattr(here, name)
    few = [tuple(part[: workload.BATCH] for part in parts) for parts in workload.data()]
    monkeypatch.setattr(workload, "data", lambda: few)
    for method in here.methods.METHODS:
        if method != "muon" or workload.hidden(workload.model()):
            assert here.training.train(workload, method, "linear", 0.01, 0, 2, elsewhere)["moved"] >= 12, method


def test_a_tensor_that_stays_behind_is_refused(here, elsewhere):
    def behind(weights, lr):
        first = next(weights)
        kept = torch.zeros(first.shape)
        return SimpleNamespace(param_groups=[], state={}, step=lambda: first.data.add_(kept))

    with pytest.raises(RuntimeError, match="aten.add_.Tensor on cpu and meta"):
        here.training.train(here.linear, "own", "constant", 0.01, 0, 2, elsewhere, optimizer=behind)


def test_a_run_comes_again_to_the_last_digit_and_another_seed_does_not(here):
    a, b, c = (here.training.train(here.mlp, "lion", "wsd", 0.001, seed, 10) for seed in (1, 1, 2))
    assert a == b != c


def test_what_runs_away_counts_as_a_guess(here):
    found = here.training.train(here.zipf, "sgd", "constant", 1e6, 0, 40)
    assert found["validation"] == found["test"] == here.zipf.GUESS and found["loss"] is None
    assert found["curve"] == [here.zipf.GUESS] * here.training.POINTS


def test_ones_own_optimizer_takes_the_place_of_a_method(here):
    own = here.training.train(here.linear, "own", "cosine", 0.05, 0, 20, optimizer=SGD)
    assert own == here.training.train(here.linear, "sgd", "cosine", 0.05, 0, 20)


def test_what_a_step_keeps_and_moves_is_counted(here):
    sgd, momentum, adam = (here.training.train(here.mlp, m, "constant", 0.001, 0, 2) for m in ("sgd", "momentum", "adam"))
    assert (sgd["kept"], momentum["kept"], adam["kept"]) == pytest.approx((0, 4, 8), abs=0.01)
    assert sgd["moved"] == 12 < momentum["moved"] < adam["moved"]


def test_validation_data_are_the_last_and_are_not_trained_on(here):
    (x, y), (x_held, y_held), (x_test, _) = here.linear.data()
    assert (len(x), len(x_held), len(x_test)) == (8000, 2000, 10_000)
    (x, y), (x_held, _), (x_test, _) = here.transformer.data()
    assert (len(x), len(x_held), len(x_test)) == (15_685, 871, 872)
    assert torch.equal(x.flatten()[1:], y.flatten()[:-1]) and x_held[0, 0] == y[-1, -1]


def test_words_are_as_rare_as_it_is_said(here):
    count = torch.cat([words for words, _ in here.zipf.data()]).bincount()
    for k in (2, 4, 8):
        expected = count[0].item() / k
        assert abs(count[k - 1].item() - expected) < 4 * expected**0.5 * (1 + 1 / k) ** 0.5


def test_the_text_is_the_one_of_its_source(here, monkeypatch, tmp_path):
    said = (ROOT / "data" / "shakespeare" / "SHA256SUMS").read_text().split()
    packed = (ROOT / "data" / "shakespeare" / said[1]).read_bytes()
    assert said == [hashlib.sha256(packed).hexdigest(), here.transformer.TEXT.name]
    monkeypatch.setattr(here.transformer, "SHA256", "0")
    here.transformer.data.cache_clear()
    with pytest.raises(ValueError, match="is not the text"):
        here.transformer.data()


def test_a_workload_is_a_program_of_its_own(tmp_path):
    command = [sys.executable, str(FOLDER / "transformer.py"), "--method", "lion", "--schedule", "linear", "--steps", "2"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("validation ") and "\ntest " in done.stdout
