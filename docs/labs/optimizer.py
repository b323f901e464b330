# %% own
# An optimizer of your own: momentum that forgets its velocity where it would climb
import math
from functools import partial

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as log_loss
from torch.optim import SGD, Adam, AdamW, Optimizer

torch.set_default_dtype(torch.float64)


class Own(Optimizer):
    """Momentum that forgets its velocity wherever it points uphill."""

    def __init__(self, params, lr, beta=0.9):
        super().__init__(params, {"lr": lr, "beta": beta})

    @torch.no_grad()
    def step(self):
        """Move all weights by -lr * v."""
        for group in self.param_groups:
            for x in group["params"]:
                v = self.state[x].setdefault("v", torch.zeros_like(x))
                if (v * x.grad).sum() < 0:
                    v.zero_()
                v.mul_(group["beta"]).add_(x.grad)
                x.sub_(v, alpha=group["lr"])


# %% known
# A known answer first: the steps that momentum and this one take on a parabola
def steps_to_stay(make, start=2.0, steps=400):
    """Return the first step from which on every point is nearer than 0.001."""
    x, far = torch.tensor([start], requires_grad=True), 0
    optimizer = make([x], lr=0.01)
    for step in range(1, steps + 1):
        optimizer.zero_grad()
        (x**2).sum().backward()
        optimizer.step()
        far = step if abs(x.item()) >= 1e-3 else far
    return far + 1


momentum = partial(SGD, momentum=0.9)
counts = [steps_to_stay(make) for make in (momentum, Own)]
assert counts == [145, 28], "these belong to this optimizer; yours has other numbers"
print(*counts)


# %% battery
# Six problems: each draws its weights to start from, and a loss of some rows
def valley(condition, away=1.0, n=10):
    """Return a quadratic function, turned at random, with its minimum off zero."""
    turn, _ = torch.linalg.qr(torch.randn(n, n))
    hessian = turn * torch.logspace(0, -math.log10(condition), n) @ turn.T
    x, low = torch.randn(n, requires_grad=True), away * torch.randn(n)
    return [x], lambda rows: 0.5 * (x - low) @ hessian @ (x - low)


def rosenbrock():
    """Return a curved valley, at a hundredth of its usual height."""
    x = torch.tensor([-1.2, 1.0]) + 0.1 * torch.randn(2)
    x.requires_grad_()
    return [x], lambda rows: (1 - x[0]) ** 2 / 100 + (x[1] - x[0] ** 2) ** 2


def logistic(features=20):
    """Return a linear model, and two classes of points with noise in their labels."""
    points = torch.randn(size, features) * torch.logspace(0.5, -1, features)
    labels = points @ torch.randn(features) + torch.randn(size) > 0
    return nn.Linear(features, 1), points, labels.double()


def network(width=16):
    """Return a network with two hidden layers, and two spirals that wind together."""
    angle, side = 7 * torch.rand(size).sqrt(), torch.randint(2, (size,))
    spiral = torch.stack([angle.cos(), angle.sin()]) * angle * (2 * side - 1)
    points = (2 / 7 * spiral + 0.02 * torch.randn(2, size)).T
    hidden = nn.Linear(2, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh()
    return nn.Sequential(*hidden, nn.Linear(width, 1)), points, side.double()


def fitted(build):
    """Return the weights of a model, and its loss on its points."""
    model, points, labels = build()

    def loss(rows):
        """Return the mean over some rows."""
        return log_loss(model(points[rows])[:, 0], labels[rows])

    return list(model.parameters()), loss


size = 1000
problems = {f"{condition}": partial(valley, condition) for condition in (10, 100, 1000)}
problems["Rosenbrock"] = rosenbrock
problems["logistic"] = partial(fitted, logistic)
problems["network"] = partial(fitted, network)


# %% run
# One run, and what it counts for
def decades(make, lr, problem, seed, steps=100, batch=32):
    """Return by how many powers of ten a run lowers the loss; -inf if it does not."""
    torch.manual_seed(seed)
    x, loss = problem()
    order = [torch.randperm(size)[:batch] for _ in range(steps)]
    optimizer, before = make(x, lr=lr), loss(slice(None)).item()
    for rows in order:
        optimizer.zero_grad()
        value = loss(rows)
        if not value.item() < 1e3 * before:
            return -math.inf
        value.backward()
        optimizer.step()
    fell = math.log10(before / max(loss(slice(None)).item(), 1e-30))
    return fell if fell > 0 else -math.inf


# %% tune
# The same budget for everyone: eight rates, three seeds
methods = {
    "SGD": SGD,
    "momentum": momentum,
    "Nesterov": partial(SGD, momentum=0.9, nesterov=True),
    "Adam": Adam,
    "AdamW": AdamW,
    "own": Own,
}
rates = [2.0**k for k in range(-5, 3)]


def tried(make, problem):
    """Return the mean of three seeds at each rate; -inf where one of them fails."""
    runs = [[decades(make, lr, problem, s) for s in (10, 11, 12)] for lr in rates]
    return [sum(three) / 3 for three in runs]


def top(curve):
    """Return the best rate."""
    return rates[curve.index(max(curve))]


curves = {(p, m): tried(methods[m], problems[p]) for p in problems for m in methods}
best = {key: top(curve) for key, curve in curves.items()}
edges = [key for key, lr in best.items() if lr in (rates[0], rates[-1])]
assert not edges, f"the best rate lies at an end, widen the grid: {edges}"

fig, axes = plt.subplots(2, figsize=(4.8, 5.6), sharex=True)
for ax, problem in zip(axes, ("1000", "network"), strict=True):
    for k, method in enumerate(methods):
        ax.semilogx(rates, curves[problem, method], f"C{k}", marker="os^vDP"[k])
    ax.set(ylabel="decades won")
fig.legend(
    axes[0].lines,
    ["SGD", "momentum", "Nesterov", "Adam", "AdamW", "own"],
    loc="outside upper center",
    ncols=3,
)
axes[0].set_title(r"$\kappa=1000$")
axes[1].set_title("network")
axes[1].set(xlabel="learning rate")
plt.show()


# %% place
# Ten fresh seeds at the best rate; a run that fails has won nothing
def measured(make, lr, problem):
    """Return the decades that each of ten runs has won."""
    return torch.tensor([max(0, decades(make, lr, problem, s)) for s in range(10)])


won = {(p, m): measured(methods[m], best[p, m], problems[p]) for p, m in best}
failed = sum(int((ten == 0).sum()) for ten in won.values())
print(f"{failed} / {10 * len(won)}")

fig, axes = plt.subplots(3, 2, figsize=(4.8, 6.4), sharey=True)
for ax, problem in zip(axes.flat, problems, strict=True):
    for k, method in enumerate(methods):
        ten = won[problem, method]
        ax.plot(ten, [k] * 10, "os^vDP"[k], color=f"C{k}", alpha=0.3)
        ax.errorbar(ten.mean(), k, xerr=ten.std(), fmt=f"C{k}|", markersize=14)
    ax.axhspan(4.5, 5.5, color="0.5", alpha=0.15)
    ax.set_xlim(left=0)
axes[0, 0].set_yticks(range(6))
axes[0, 0].set_yticklabels(["SGD", "momentum", "Nesterov", "Adam", "AdamW", "own"])
axes[0, 0].invert_yaxis()
axes[0, 0].set_title(r"$\kappa=10$")
axes[0, 1].set_title(r"$\kappa=100$")
axes[1, 0].set_title(r"$\kappa=1000$")
axes[1, 1].set_title("Rosenbrock")
axes[2, 0].set_title("logistic regression")
axes[2, 1].set_title("network")
axes[2, 0].set(xlabel="decades won")
axes[2, 1].set(xlabel="decades won")
plt.show()


# %% pairs
# Seed by seed: two methods are told apart if all ten differences have one sign
def sign(gap):
    """Return + if all differences are positive, − if all are negative, else ·."""
    return "+" if (gap > 0).all() else "−" if (gap < 0).all() else "·"


def placed(ten, others):
    """Return the best and the worst place that the signs leave, and the signs."""
    signs = [sign(ten - other) for other in others]
    return 1 + signs.count("−"), 1 + len(others) - signs.count("+"), signs


def told(gap):
    """Return mean and deviation as text, in brackets if the signs tell nothing."""
    text = f"{gap.mean():+.2f} ± {gap.std():.2f}".replace("-", "−")
    return f"({text})" if sign(gap) == "·" else text


others = [method for method in methods if method != "own"]
gaps = {(p, m): told(won[p, "own"] - won[p, m]) for p in problems for m in others}
table = {p: placed(won[p, "own"], [won[p, m] for m in others]) for p in problems}
for row, (first, last, signs) in enumerate(table.values(), 1):
    print(f"{row}  {first}–{last} ", *signs)

# %% gift
# AdamW minus Adam: first with the minimum elsewhere, then with the minimum at zero
gifts = {}
for away in (1, 0):
    problem, ten = partial(valley, 100, away), {}
    for method in ("Adam", "AdamW"):
        lr = top(tried(methods[method], problem))
        ten[method] = measured(methods[method], lr, problem)
    gifts[away] = told(ten["AdamW"] - ten["Adam"])
assert gifts[1][0] == "−" and gifts[0][0] == "+"
print(*gifts.values(), sep="\n")


# %% forgotten
# How often the velocity is forgotten, by the number of rows in a batch
class Watched(Own):
    """Own, which notes at each step whether the velocity points uphill."""

    uphill = []

    def step(self):
        """Note it, then move."""
        for x in self.param_groups[0]["params"]:
            if self.state[x]:
                self.uphill.append(bool((self.state[x]["v"] * x.grad).sum() < 0))
        super().step()


shares = {}
for batch in (size, 256, 64, 16, 4):
    Watched.uphill.clear()
    for seed in range(5):
        decades(Watched, 1 / 16, problems["logistic"], seed, batch=batch)
    shares[batch] = 100 * sum(Watched.uphill) / len(Watched.uphill)
assert shares[size] < 5 and 40 < shares[4] < 60
print(*(f"{share:.0f}" for share in shares.values()))


# %% mask
# Each weight decides for itself, and keeps its velocity while it waits
class Cautious(Own):
    """Momentum that moves only the weights whose velocity points downhill."""

    @torch.no_grad()
    def step(self):
        """Move the weights whose velocity and gradient have one sign."""
        for group in self.param_groups:
            for x in group["params"]:
                v = self.state[x].setdefault("v", torch.zeros_like(x))
                v.mul_(group["beta"]).add_(x.grad)
                x.sub_(v * (v * x.grad > 0), alpha=group["lr"])


ranks = {}
for name, problem in problems.items():
    ten = measured(Cautious, top(tried(Cautious, problem)), problem)
    ranks[name] = placed(ten, [won[name, method] for method in methods])
    assert "−" not in ranks[name][2][:5], "told to be worse than one of the book's"
for row, (first, last, signs) in enumerate(ranks.values(), 1):
    print(f"{row}  {first}–{last} ", *signs)
