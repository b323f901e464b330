"""Every hand-written optimizer of the book agrees with torch.optim over 100 steps to 1e-12, on several problems.

What an optimizer does shows in the points at which it asks for a gradient. So a snippet's function is run with its
gradient replaced by `slope`, which records these points and answers with the gradient of the problem; torch.optim starts
at the first of them, sees the same gradients, and has to visit the same points. Nothing else of a snippet is run: no
plot, no MNIST.
"""

import ast
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from downhill.execution import torchvision_ops
from downhill.manuscript.book import Book
from tests.book import ROOT

BOOK = Book(ROOT)
STEPS, LR, BETA = 100, 0.05, 0.9
START = np.array([-2.0, 1.0, 0.5])
FALLING = [LR] * 40 + [LR / 10] * 61


# --- problems: smooth functions of an array of any shape, each with its gradient written out ---


class Parabola:
    """The sum of (x - 1)**2."""

    noise = 0.0

    def loss(self, x: torch.Tensor) -> torch.Tensor:
        return ((x - 1) ** 2).sum()

    def slope(self, x: np.ndarray) -> np.ndarray:
        return 2 * (x - 1)

    def kick(self, step: int, shape: tuple[int, ...]) -> np.ndarray:
        """Return what is added to the gradient at a step: nothing, unless gradients are noisy."""
        return self.noise * np.random.default_rng(step).normal(size=shape)


class Valley(Parabola):
    """A quadratic with curvatures from 0.0001 to 1, whose axes are not those of the coordinates."""

    def parts(self, n: int) -> tuple[np.ndarray, np.ndarray]:
        direction = np.arange(1.0, n + 1)
        return np.geomspace(1, 1e-4, n), direction / np.linalg.norm(direction)

    def loss(self, x):
        curvature, u = (torch.from_numpy(part) for part in self.parts(x.numel()))
        z = x.flatten() - 1
        return 0.5 * (curvature * (z - 2 * u * (u @ z)) ** 2).sum()

    def slope(self, x):
        curvature, u = self.parts(x.size)
        z = x.reshape(-1) - 1
        y = curvature * (z - 2 * u * (u @ z))
        return (y - 2 * u * (u @ y)).reshape(x.shape)


class Soft(Parabola):
    """A convex function that is no quadratic, and couples all coordinates: logsumexp(x) + the sum of log cosh(x - 1)."""

    def loss(self, x):
        z = x - 1
        return torch.logsumexp(x.flatten(), 0) + (torch.logaddexp(z, -z) - np.log(2)).sum()

    def slope(self, x):
        weights = np.exp(x - x.max())
        return weights / weights.sum() + np.tanh(x - 1)


class Noisy(Valley):
    """The valley with a different error in the gradient of each step: SGD with given gradients."""

    noise = 0.3


# Noisy finds what a parabola and a still valley find, and more: seen of 329 faults, put into the optimizers one at a time.
PROBLEMS = {kind.__name__: kind() for kind in (Soft, Noisy)}


# --- the table ---


@dataclass
class Case:
    """A hand-written optimizer: where its update stands, its gradient there, how it is called, what it should equal."""

    place: str  # snippet:function, or snippet: for a loop outside functions
    gradient: str  # the expression in the snippet that is its gradient
    slope: str  # what stands in its place
    call: Callable[[dict], object] = lambda namespace: None
    given: dict = field(default_factory=dict)  # names of the module that the function reads
    oracle: dict = field(
        default_factory=dict
    )  # of torch.optim: options, the kind where it is not SGD; lr may be a list, one for each step
    change: dict[str, str] = field(default_factory=dict)  # what else is replaced
    note: str = ""

    def __str__(self) -> str:
        return self.place + (f" ({self.note})" if self.note else "")


def call(function: str, *positional, **named) -> Callable[[dict], object]:
    return lambda namespace: namespace[function](*positional, **named)


def zeros(*shape: int) -> torch.Tensor:
    return torch.zeros(*shape, dtype=torch.float64)


LABELS = torch.zeros(1, dtype=torch.long)
N = STEPS + 1
RATE = torch.tensor([LR], dtype=torch.float64)
GD, SGD, HB, CH, SC, AD, SO, LS, BS, TU = (
    "gradient_descent",
    "stochastic_gradient_descent",
    "momentum",
    "choosing",
    "schedules",
    "adaptive",
    "second_order",
    "landscape",
    "batch_size",
    "tuning",
)
PLAIN, BALL, AHEAD = {"lr": LR}, {"lr": LR, "momentum": BETA}, {"lr": LR, "momentum": BETA, "nesterov": True}
ADAM = {"kind": torch.optim.Adam, "lr": LR, "betas": (BETA, 0.999)}
CASES = [
    Case(
        f"{GD}/trajectory:gradient_descent",
        "lr * grad(x)",
        "lr * slope(x)",
        call("gradient_descent", START, LR, N),
        oracle=PLAIN,
    ),
    Case(
        f"{GD}/learning_rates:gradient_descent", "2 * x\n", "slope(x)\n", call("gradient_descent", START, LR, N), oracle=PLAIN
    ),
    Case(f"{GD}/tolerance:path", "2 * x\n", "slope(x)\n", call("path", LR, START, N), oracle=PLAIN),
    Case(
        f"{GD}/zigzag:gradient_descent",
        "curvature * path[-1])",
        "slope(path[-1]))",
        call("gradient_descent", LR, N),
        {"start": START},
        PLAIN,
    ),
    Case(
        f"{GD}/rates:gradient_descent",
        "c * x ** (p - 1)",
        "slope(x)",
        call("gradient_descent", 1, 2, START, LR),
        {"k": np.arange(N + 2)},
        PLAIN,
    ),
    Case(
        f"{GD}/nonconvex:gradient_descent", "(x**3 - x + 0.1)", "slope(x)", call("gradient_descent", START, LR, N), oracle=PLAIN
    ),
    Case(
        f"{GD}/backtracking:gradient_descent",
        "lrs[-1] * curvature * path[-1])",
        "lrs[-1] * slope(path[-1]))",
        lambda namespace: namespace["gradient_descent"](lambda x, grad: LR, N),
        {"start": START, "curvature": np.ones(3)},
        PLAIN,
    ),
    Case(f"{GD}/budget:steps", "grad(x)\n", "slope(x)\n", call("steps", lambda x: 1, None, START, LR, 0), oracle=PLAIN),
    Case(
        f"{GD}/saddle:gradient_descent",
        "np.array([x1, x2**3 - x2])",
        "slope(path[-1])",
        call("gradient_descent", 1e-2, LR, N),
        oracle=PLAIN,
    ),
    Case(
        f"{GD}/edge_of_stability:train",
        "torch.autograd.grad(loss, w, create_graph=step % 10 == 0)",
        "(slope(w),)",
        call("train", LR, N),
        {"x": zeros(1, 784), "target": zeros(1, 10)},
        PLAIN,
        {"range(0 if step % 10 else 4 if step else 30)": "()", "hv.norm().item()": "0"},
    ),
    Case(
        f"{GD}/solutions/kink:subgradient_descent",
        "((x > 0) - (x < 0))",
        "slope(x)",
        call("subgradient_descent", FALLING, START),
        oracle={"lr": FALLING},
    ),
    Case(f"{GD}/three_ways:by_hand", "curvature * x", "slope(x)", call("by_hand", START), {"steps": N, "lr": LR}, oracle=PLAIN),
    Case(
        f"{GD}/three_ways:by_autograd",
        "torch.autograd.grad(loss(x), x)",
        "(slope(x),)",
        call("by_autograd", START.copy()),
        {"steps": N, "lr": LR},
        PLAIN,
    ),
    Case(
        f"{GD}/full_batch:gradient_descent",
        "torch.autograd.grad(loss, w)",
        "(slope(w),)",
        call("gradient_descent", LR, N),
        {"x": zeros(1, 785), "labels": LABELS},
        PLAIN,
    ),
    Case(
        f"{GD}/range_test:range_test",
        "torch.autograd.grad(loss, w)",
        "(slope(w),)",
        call("range_test", FALLING),
        {"x": zeros(1, 785), "labels": LABELS},
        {"lr": FALLING},
    ),
    Case(
        f"{GD}/scaling:train",
        "torch.autograd.grad(cross_entropy(x @ w, labels), w)",
        "(slope(w),)",
        call("train", zeros(1, 785), LR, N),
        {"labels": LABELS},
        PLAIN,
    ),
    Case(
        f"{GD}/solutions/heavy_ball_steps:steps_to_stay",
        "2 * x\n",
        "slope(x)\n",
        call("steps_to_stay", LR, BETA, START),
        oracle=BALL,
    ),
    Case(
        f"{GD}/solutions/pixel_scale:predictions",
        "scale * x.T @ (p - y) / 100",
        "slope(w)",
        call("predictions", 1, LR, N),
        {"x": np.zeros((100, 5)), "y": np.zeros(100)},
        PLAIN,
    ),
    Case(
        f"{GD}/solutions/another_parabola:gradient_descent",
        "curvature * x\n",
        "slope(x)\n",
        call("gradient_descent", START, LR, N),
        oracle=PLAIN,
    ),
    Case(
        f"{GD}/solutions/power_iteration:",
        "gradient(w) / exact",
        f"slope(w) * {LR}",
        given={"digits": SimpleNamespace(data=torch.arange(784).reshape(1, 28, 28), targets=LABELS)},
        oracle=PLAIN,
        change={'datasets.MNIST("data", train=True, download=True)': "digits", "range(40)": f"range({N + 1})"},
    ),
    Case(
        f"{SGD}/three_batches:sgd",
        "grad(path[-1], rows)",
        "slope(path[-1])",
        call("sgd", 1, LR, 2),
        {"rng": np.random.default_rng(0), "n": 100},
        PLAIN,
    ),
    Case(
        f"{SGD}/noise_ball:simulate",
        "(curvature * x + sigma * rng.normal(size=runs))",
        "slope(x)",
        call("simulate", LR, N, 3),
        {"x0": -2.0},
        PLAIN,
    ),
    Case(
        f"{SGD}/shuffling:stay",
        "error[:, None] * A[rows]",
        "slope(x)",
        call("stay", LR, lambda: np.zeros((3, N), int)),
        {"n": 100, "A": np.ones((1, 4)), "b": np.ones(1), "best": np.ones(4) / 3, "file": np.zeros((3, N))},
        PLAIN,
    ),
    Case(
        f"{SGD}/batch_sizes:one_epoch",
        "x[rows].T @ p.reshape(len(rows), -1) / len(rows)",
        "slope(w)",
        call("one_epoch", 1, LR, 0),
        {"x": np.zeros((N + 9, 785)), "y": np.zeros(N + 9, dtype=int), "n": N + 9, "sets": []},
        PLAIN,
    ),
    Case(
        f"{SGD}/interpolation:sgd",
        "(A[i] @ x - b[i]) * A[i]",
        "slope(x)",
        call("sgd", 3, LR, N, 1),
        oracle=PLAIN,
    ),
    Case(
        f"{SGD}/solutions/running_mean:sgd",
        "(x - c)\n",
        "slope(x)\n",
        call("sgd", np.ones(N)),
        oracle={"lr": [1 / t for t in range(1, N + 1)]},
    ),
    Case(f"{HB}/usual_comparison:momentum", "2 * x\n", "slope(x)\n", call("momentum", LR, BETA, START, N), oracle=BALL),
    Case(f"{HB}/equal_step:momentum", "2 * x\n", "slope(x)\n", call("momentum", LR, BETA, START, N), oracle=BALL),
    Case(
        f"{HB}/valley:momentum",
        "curvature * path[-1]\n",
        "slope(path[-1])\n",
        call("momentum", LR, BETA, N),
        {"start": START},
        BALL,
    ),
    *(
        Case(
            f"{HB}/conventions:{form}",
            "curvature * points[-1]",
            "slope(points[-1])",
            lambda namespace, form=form: namespace["path"](namespace[form], LR, BETA, N),
            oracle={"lr": lr, "momentum": BETA},
        )
        for form, lr in (("sutskever", LR), ("pytorch", LR), ("averaged", LR * (1 - BETA)))
    ),
    Case(
        f"{HB}/rate_drop:momentum",
        "2 * x\n",
        "slope(x)\n",
        call("momentum", False, START),
        {"lrs": FALLING, "beta": BETA},
        {"lr": FALLING, "momentum": BETA},
        note="lr outside the velocity, dropping",
    ),
    Case(
        f"{HB}/rate_drop:momentum",
        "2 * x\n",
        "slope(x)\n",
        call("momentum", True, START),
        {"lrs": [LR] * N, "beta": BETA},
        BALL,
        note="lr inside the velocity",
    ),
    *(
        Case(
            f"{HB}/nesterov:momentum",
            "curvature * (x + nesterov * beta * v)",
            "slope(x + nesterov * beta * v)",
            call("momentum", nesterov),
            {"lr": LR, "beta": BETA, "steps": N, "start": torch.from_numpy(START)},
            oracle,
            note="Nesterov" if nesterov else "heavy ball",
        )
        for nesterov, oracle in ((False, BALL), (True, AHEAD))
    ),
    *(
        Case(
            "index/one_valley:walk",
            "slope = curvature * (x + ahead * beta * v)",
            "g = slope(x + ahead * beta * v)",
            call("walk", BETA, nesterov, LR, N),
            {"start": START},
            oracle,
            {"np.array([-6.0, 3.0]), 0.0": "start, 0.0", "lr * slope": "lr * g"},
            note="Nesterov" if nesterov else "heavy ball",
        )
        for nesterov, oracle in ((False, BALL), (True, AHEAD))
    ),
    *(
        Case(
            f"{HB}/cycle:momentum",
            "grad(x + nesterov * beta * v)",
            "slope(x + nesterov * beta * v)",
            call("momentum", LR, BETA, nesterov, START, N),
            oracle=oracle,
            note="Nesterov" if nesterov else "heavy ball",
        )
        for nesterov, oracle in ((False, BALL), (True, AHEAD))
    ),
    *(
        Case(
            f"{HB}/steps_saved:steps",
            "curvature * (x + nesterov * beta * v)",
            "slope(x + nesterov * beta * v)",
            call("steps", 100, LR, BETA, nesterov, 0.0),
            oracle=oracle,
            note="Nesterov" if nesterov else "heavy ball",
        )
        for nesterov, oracle in ((False, BALL), (True, AHEAD))
    ),
    *(
        Case(
            f"{HB}/lower_bound:momentum",
            "(hessian @ (path[-1] + nesterov * beta * v) - pull)",
            "slope(path[-1] + nesterov * beta * v)",
            call("momentum", LR, BETA, nesterov, START, N),
            {"n": len(START)},
            oracle,
            note="Nesterov" if nesterov else "heavy ball",
        )
        for nesterov, oracle in ((False, BALL), (True, AHEAD))
    ),
    Case(
        f"{HB}/momentum_ball:simulate",
        "(curvature * x + sigma * rng.normal(size=runs))",
        "slope(x)",
        call("simulate", LR, BETA, N, 3),
        oracle=BALL,
    ),
    Case(
        f"{HB}/solutions/basin:momentum",
        "(25 * x - 24 * np.clip(x - 1, 0, 1))",
        "slope(x)",
        call("momentum", START, LR, N),
        oracle={"lr": LR, "momentum": 4 / 9},
    ),
    Case(f"{HB}/solutions/critical_beta:path", "2 * x\n", "slope(x)\n", call("path", BETA, LR, START, N), oracle=BALL),
    Case(
        f"{HB}/solutions/dampening:averaged",
        "2 * x\n",
        "slope(x)\n",
        call("averaged", 1, LR, BETA, N),
        oracle=BALL | {"dampening": BETA},
        change={"x, v, path = 2.0,": "x, v, path = START,"},
        given={"START": START},
    ),
    Case(
        f"{HB}/solutions/double_root:momentum",
        "curvature * x\n",
        "slope(x)\n",
        call("momentum", 1.0, N),
        {"q": 0.9, "mu": 1.0},
        {"lr": (1 - 0.9) ** 2, "momentum": 0.9**2},
    ),
    Case(
        f"{HB}/solutions/rescaled_drop:momentum",
        "2 * x\n",
        "slope(x)\n",
        call("momentum", True, True, START, BETA),
        oracle={"lr": FALLING, "momentum": BETA},
        change={"[0.1] * 5 + [0.01] * 35": str(FALLING), "v, last = [x], 0.0, 0.1": f"v, last = [x], 0.0, {LR}"},
    ),
    Case(
        f"{HB}/solutions/restart:momentum",
        "lr * 2 * x\n",
        "lr * slope(x)\n",
        call("momentum", False, LR, BETA, START, N),
        oracle=BALL,
    ),
    Case(
        f"{HB}/solutions/stability_edge:momentum",
        "step * x\n",
        "step * slope(x)\n",
        call("momentum", LR, BETA, START, N),
        oracle=BALL,
    ),
    *(
        Case(
            f"{CH}/noise_levels:simulate",
            "x + levels * rng.normal(size=x.shape)",
            "slope(x)",
            call("simulate", method, LR, BETA, N + 1, 2),
            {"levels": np.ones(2)},
            oracle,
            note=method,
        )
        for method, oracle in (("momentum", BALL), ("Adam", ADAM))
    ),
    Case(
        f"{CH}/double_batch:steps_needed",
        "x[rows].T @ (p - labels[rows, None]).flatten(1) / batch",
        "slope(w)",
        call("steps_needed", 64, 0, -1.0, N + 1),
        {"x": zeros(70, 785), "labels": zeros(70, 10), "kept": 64, "rates": torch.tensor([LR], dtype=torch.float64)},
        PLAIN,
    ),
    Case(
        f"{CH}/adam_by_hand:adam",
        "adam(curvature * x, x,",
        "adam(slope(x), x,",
        call("gap", torch.optim.Adam, 0.0, N, LR),
        oracle=ADAM,
    ),
    *(
        Case(
            f"{CH}/rate_widths:train",
            "x[rows].T @ (p - target[rows, :, None]).flatten(1) / len(rows)",
            "slope(w)",
            call("train", method, 0),
            {"x": zeros(64 * N + 64, 785), "target": zeros(64 * N + 64, 10), "kept": 64 * N + 64, "rates": RATE},
            oracle,
            note=method,
        )
        for method, oracle in (("SGD", PLAIN), ("momentum", BALL), ("Adam", ADAM))
    ),
    *(
        Case(
            f"{CH}/scales_and_rotation:losses",
            "hessian @ x\n",
            "slope(x)\n",
            call("losses", method, LR, np.eye(2), START[:2], N + 1),
            oracle=oracle,
            note=method,
        )
        for method, oracle in (("GD", PLAIN), ("momentum", BALL), ("Adam", ADAM))
    ),
    *(
        Case(
            f"{CH}/race:walk",
            'hessian @ (x + beta * v if method == "Nesterov" else x)\n',
            'slope(x + beta * v if method == "Nesterov" else x)\n',
            call("walk", method, LR, oracle.get("momentum", BETA if method == "Adam" else 0), N),
            {"hessian": np.eye(2)},
            oracle,
            note=method,
        )
        for method, oracle in (("GD", PLAIN), ("momentum", BALL), ("Nesterov", AHEAD), ("Adam", ADAM))
    ),
    *(
        Case(
            f"{AD}/four_methods:{form}",
            "curvature * points[-1], lr",
            "slope(points[-1]), lr",
            lambda namespace, form=form, more=more: namespace["path"](namespace[form], torch.optim.SGD, LR, **more),
            {"start": torch.from_numpy(START), "curvature": 1.0},
            oracle | {"lr": LR},
            {"range(1, 101)": f"range(1, {N + 1})"},
            oracle["kind"].__name__,
        )
        for form, oracle, more in (
            ("adagrad", {"kind": torch.optim.Adagrad}, {}),
            ("rmsprop", {"kind": torch.optim.RMSprop}, {}),
            ("adam", {"kind": torch.optim.Adam}, {}),
            ("adam", {"kind": torch.optim.AdamW, "weight_decay": 0.1}, {"decay": 0.1}),
        )
    ),
    Case(
        f"{AD}/amsgrad:amsgrad",
        "x if t % 10 else 30 * x, lr",
        "slope(x), lr",
        call("gap", True, LR, N),
        {"start": torch.from_numpy(START)},
        ADAM | {"betas": (BETA, 0.5), "amsgrad": True},
    ),
    *(
        Case(
            f"{AD}/turned_axes:late_loss",
            "(h * x).sum(1)\n",
            "slope(x)\n",
            call("late_loss", method, 0.3, LR, N + 1),
            oracle=oracle,
            note=method,
        )
        for method, oracle in (("GD", PLAIN), ("momentum", BALL), ("Adam", ADAM))
    ),
    *(
        Case(
            f"{AD}/heavy_tails:distances",
            "x + rng.pareto(1.5, runs) * rng.choice([-1, 1], runs)",
            "slope(x)",
            call("distances", adam=method == "Adam", lr=LR, steps=N + 1, runs=3),
            oracle=oracle,
            note=method,
        )
        for method, oracle in (("SGD", PLAIN), ("Adam", ADAM))
    ),
    *(
        Case(
            f"{AD}/vocabulary:left",
            "f * (excess(w, p)[0] - p)",
            "slope(w)",
            call("left", method, 3, np.array([LR]), N + 1),
            oracle=oracle,
            change={"(1 - (t - 1) / steps)": "1"},
            note=method,
        )
        for method, oracle in (("GD", PLAIN), ("Adam", ADAM))
    ),
    Case(
        f"{SO}/affine:path",
        "A.T @ terms, A.T",
        "slope(points[-1]), A.T",
        call("path", np.eye(3), START, False, LR, N),
        oracle=PLAIN,
    ),
    Case(
        f"{SO}/attracted:walk",
        "np.array([x1, x2**3 - x2])",
        "slope(path[-1])",
        call("walk", "descent", *START[:2], N),
        oracle=PLAIN,
        change={"0.3 * grad": f"{LR} * grad"},
    ),
    *(
        Case(
            f"{SO}/cg_race:momentum",
            "lr * curvature * x\n",
            "lr * slope(x)\n",
            call("momentum", LR, oracle.get("momentum", 0.0), N),
            {"start": START, "curvature": np.ones(3)},
            oracle,
            note="heavy ball" if oracle is BALL else "gradient descent",
        )
        for oracle in (PLAIN, BALL)
    ),
    *(
        Case(
            f"{LS}/ceiling:train",
            "torch.autograd.grad(loss, w, create_graph=step % 10 == 0)",
            "(slope(w),)",
            call("train", oracle.get("momentum", 0), LR),
            {"x": zeros(1, 196), "target": zeros(1, 10)},
            oracle,
            {"range(0 if step % 10 else 6 if step else 30)": "()"},
            note,
        )
        for note, oracle in (("GD", PLAIN), ("momentum", BALL))
    ),
    Case(
        f"{LS}/solutions/nesterov_ceiling:train",
        "torch.autograd.grad(loss, ahead, create_graph=step % 10 == 0)",
        "(slope(ahead),)",
        call("train", BETA, LR),
        {"x": zeros(1, 196), "target": zeros(1, 10)},
        AHEAD,
        {"range(0 if step % 10 else 6 if step else 30)": "()"},
    ),
    Case(
        f"{LS}/min_norm:gradient_descent",
        "lr * a.T @ (a @ w - b)",
        "lr * slope(w)",
        call("gradient_descent", START, LR, N),
        oracle=PLAIN,
    ),
    Case(f"{LS}/solutions/onto_hill:ends", "lr * grad(x)", "lr * slope(x)", call("ends", LR, N), oracle=PLAIN),
    Case(
        f"{BS}/noise_scale:",
        "0.03 * gradients(walk[-1], rows).view(784, 10)",
        "0.03 * slope(walk[-1])",
        given={"x": zeros(64, 784)},
        oracle={"lr": 0.03},
        change={
            'data = MNIST("data", train=True, download=True)\n': "",
            "x, labels = (data.data.flatten(1) / 255 - 0.1307) / 0.3081, torch.eye(10)[data.targets]\n": "",
        },
    ),
    Case(
        f"{BS}/critical_batch:steps_needed",
        "(lrs * (x[rows].T @ (p - labels[rows, None]).flatten(1) / batch)).float()",
        "lrs * slope(w)",
        call("steps_needed", 64, 0, -1.0),
        {"x": zeros(70, 196), "labels": zeros(70, 10), "rates": np.array([LR])},
        PLAIN,
        {"8000": "64", "2000": "6"},
    ),
    Case(
        f"{BS}/local_sgd:settle",
        "lr * curvature * (own - center)",
        "lr * slope(own)",
        call("settle", N, LR, 1),
        oracle=PLAIN,
        note="one worker between two meetings",
    ),
    Case(
        f"{TU}/same_bytes:train",
        "(x[rows] @ w.T - y[rows]).T @ x[rows] / 16",
        "slope(w)",
        call("train", 0, N),
        oracle={"lr": 0.1},
    ),
]
NEWTON = ("newton_cubes:newton", "newton_cycles:newton", "solutions/quartic:newton", "solutions/two_points:newton")
CONJUGATE = ("cg_clusters:conjugate_gradient", "cg_race:conjugate_gradient", "cg_rounding:steps", "solutions/hilbert:errors")
MOMENTS = ("averages:loss", "free_rates:loss", "noisy_valley:losses", "one_curvature:square", "peak_and_shape:loss")
MOMENTS += ("trunk:losses", "solutions/line_ball:left", "solutions/longer:least", "solutions/two_numbers:least")
EXEMPT = {  # what looks like an update, and is none that torch.optim could repeat
    f"{GD}/backtracking:backtracking": "a learning rate, not a step",
    f"{GD}/solutions/line_search:exact_line_search": "a new learning rate at each step; its doctest has the closed form",
    f"{SGD}/decreasing_steps:squared_distance": "the moments of SGD, not its steps; its doctest has the closed form",
    f"{HB}/accelerated:gaps": "beta grows from step to step; its doctest has the theorem's bound and the slopes",
    f"{SC}/solutions/early_steps:": "a mean of noise, without steps; its doctest compares the formula with it",
    f"{LS}/min_norm:adam": "its rate falls within the loop; its doctest has the first step",
    f"{LS}/max_margin:descend": "the gradient stands in the step; its doctest has the limit of the loss",
    f"{LS}/solutions/sam_cycle:sam": "SAM is not in torch; its doctest has the closed form",
    f"{LS}/escape:left": "growth at a saddle, without a gradient; its doctest has the closed form",
    f"{LS}/solutions/helped_by_noise:wait": "growth at a saddle, without a gradient; its doctest has the closed form",
    f"{LS}/solutions/tripled_angle:path": "angles, not weights; test_landscape.py compares them with gradient descent",
    f"{BS}/accumulation_faults:gradient": "a sum of the parts of one gradient, not a step",
    f"{BS}/scaling_rules:adam_ball": "Adam begun where its start is forgotten; its doctest has the measured ball",
    "matrix/lion_by_hand:lion": "a method of matrices; test_matrix_methods.py compares it",
    "matrix/muon_by_hand:orthogonalize": "Newton-Schulz, not a step of an optimizer",
    "matrix/newton_schulz:newton_schulz": "Newton-Schulz, not a step of an optimizer",
    "matrix/newton_schulz:orbit": "Newton-Schulz, not a step of an optimizer",
    "matrix/one_step:cubic": "Newton-Schulz, not a step of an optimizer",
    "matrix/solutions/rank_one_step:newton_schulz": "Newton-Schulz, not a step of an optimizer",
    "matrix/muon_by_hand:muon": "a method of matrices; test_matrix_methods.py compares it",
    "matrix/shampoo_by_hand:shampoo": "a method of matrices; test_matrix_methods.py compares it",
    "matrix/soap_by_hand:turned_adam": "a method of matrices; test_matrix_methods.py compares it",
} | {f"{SO}/{name}": "not in torch; test_second_order.py compares it" for name in (*NEWTON, *CONJUGATE)}
EXEMPT |= {
    f"{SO}/natural:walk": "a step in other coordinates; its doctest has the closed form",
    f"{SO}/lbfgs_by_hand:direction": "a direction, not a step; the snippet itself compares its path with torch.optim.LBFGS",
}
EXEMPT |= {f"{SC}/{name}": "the moments of SGD, not its steps; its doctest has a step by hand" for name in MOMENTS}


# --- the battery ---


class Enough(Exception):
    """The optimizer has asked for gradients often enough."""


class Recorder:
    """The gradient of a problem, which remembers where it was asked for."""

    def __init__(self, problem: Parabola):
        self.problem, self.points = problem, []

    def __call__(self, x):
        if len(self.points) > STEPS:
            raise Enough
        point = np.array(x.detach().numpy() if isinstance(x, torch.Tensor) else x, dtype=float)
        answer = self.problem.slope(point) + self.problem.kick(len(self.points), point.shape)
        self.points.append(point)
        return torch.from_numpy(np.asarray(answer)) if isinstance(x, torch.Tensor) else answer


def namespace(case: Case, slope: Recorder) -> dict:
    """Return the names of a snippet, its gradient replaced; of its statements only imports and functions are executed."""
    name, _, function = case.place.partition(":")
    source = BOOK.snippets[name]
    for old, new in {case.gradient: case.slope, **case.change}.items():
        assert old in source, f"snippets/{name}.py has no “{old}” any more; bring {case.place} in this table up to date"
        source = source.replace(old, new)
    if "torchvision" in source:
        torchvision_ops.ready()
    tree = ast.parse(source)
    if function:
        tree.body = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef)]
    names = {"slope": slope, **case.given}
    exec(compile(tree, f"snippets/{name}.py", "exec"), names)
    return names


def oracle(options: dict, problem: Parabola, start: np.ndarray) -> np.ndarray:
    """Return the points that torch.optim visits."""
    lrs = options["lr"] if isinstance(options["lr"], list) else [options["lr"]] * N
    x = torch.from_numpy(start.copy()).requires_grad_()
    options = {"kind": torch.optim.SGD} | options | {"lr": lrs[0]}
    optimizer, points = options.pop("kind")([x], **options), [start]
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = lrs[step]
        optimizer.zero_grad()
        (problem.loss(x) + (torch.as_tensor(problem.kick(step, start.shape)) * x).sum()).backward()
        optimizer.step()
        points.append(x.detach().numpy().copy())
    return np.array(points)


@pytest.fixture(autouse=True)
def double_precision():
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_agrees_with_torch(case, problem):
    slope = Recorder(PROBLEMS[problem])
    with contextlib.suppress(Enough):
        case.call(namespace(case, slope))
    assert len(slope.points) == N, f"it took {len(slope.points) - 1} steps"
    walked = np.array(slope.points)
    expected = oracle(case.oracle, slope.problem, np.asarray(walked[0]))
    scale = max(1.0, float(np.abs(expected).max()))
    assert np.abs(walked - expected).max() <= 1e-12 * scale


def test_the_gradients_of_the_problems_are_right():
    x = np.linspace(-2, 3, 12).reshape(3, 4)
    for problem in PROBLEMS.values():
        point = torch.from_numpy(x).requires_grad_()
        (by_autograd,) = torch.autograd.grad(problem.loss(point), point)
        assert np.abs(by_autograd.numpy() - problem.slope(x)).max() < 1e-12


# --- nothing is left out ---


def recurs(statement: ast.stmt) -> bool:
    """Return whether a statement moves a value by a step: x = x - …, v = beta * v + …, x -= …, path.append(path[-1] - …)."""

    def names(node: ast.AST) -> set[str]:
        return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}

    def steps(value: ast.AST, of: set[str]) -> bool:
        sums = [s for s in ast.walk(value) if isinstance(s, ast.BinOp) and isinstance(s.op, ast.Add | ast.Sub)]
        return any(names(s.left) & of and not isinstance(s.right, ast.Constant) for s in sums)

    if isinstance(statement, ast.AugAssign):
        return isinstance(statement.op, ast.Sub) and bool(names(statement.value))
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return steps(statement.value, {statement.targets[0].id})
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        return (
            isinstance(function, ast.Attribute)
            and function.attr == "append"
            and steps(statement.value.args[0], names(function))
        )
    return False


def optimizers(source: str) -> set[str]:
    """Return the functions of a snippet that hold an update; "" stands for a loop outside functions.

    An update is a step inside a loop, or a function that takes a gradient and a learning rate.
    """
    found = set()

    def visit(node: ast.AST, function: str, loop: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                if {"grad", "lr"} <= {argument.arg for argument in child.args.args}:
                    found.add(child.name)
                visit(child, child.name, False)
            else:
                if loop and isinstance(child, ast.stmt) and recurs(child):
                    found.add(function)
                visit(child, function, loop or isinstance(child, ast.For | ast.While))

    visit(ast.parse(source), "", False)
    return found


def test_no_optimizer_is_left_out():
    there = {f"{name}:{function}" for name, source in BOOK.snippets.items() for function in optimizers(source)}
    known = {case.place for case in CASES} | EXEMPT.keys()
    assert there - known == set(), "add these to the table in tests/snippets/test_algorithms.py, or say there why not"
    assert known - there == set(), "the table knows optimizers that the book no longer has"


@pytest.mark.parametrize(
    "loop",
    ["x = x - lr * g(x)", "x -= lr * g(x)", "v = b * v + g(x)", "p.append(p[-1] - lr * g(p[-1]))", "w = (w - lr * g).detach()"],
)
def test_an_unknown_optimizer_is_noticed(loop):
    assert optimizers(f"def descend(x, lr):\n    for _ in range(9):\n        {loop}\n    return x\n") == {"descend"}
    assert optimizers(f"for _ in range(9):\n    {loop}\n") == {""}
    assert optimizers("def step(x, v, grad, lr, beta):\n    return x - lr * grad, v\n") == {"step"}
    assert optimizers("for x in range(9):\n    total += x\n    n = n + 1\n") == set()
