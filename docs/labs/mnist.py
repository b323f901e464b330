# %% load
# The images in three parts: to train on, to choose by, to test on
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST


def scaled(data):
    """Return all images, scaled to mean 0 and standard deviation 1."""
    return (data.data[:, None] / 255 - 0.1307) / 0.3081


train, test = (MNIST("data", train=part, download=True) for part in (True, False))
kept = len(train) - min(10_000, len(train) // 5)  # the others are for validation
x, y = scaled(train)[:kept], train.targets[:kept]
x_val, y_val = scaled(train)[kept:], train.targets[kept:]
x_test, y_test = scaled(test), test.targets
print(len(x), len(x_val), len(x_test))


# %% look
# The first ten images, and the share of each digit in %
def show(images, titles):
    """Draw ten images as filled level lines."""
    fig, axes = plt.subplots(2, 5, figsize=(4.8, 2.4))
    for ax, image, title in zip(axes.flat, images, titles, strict=True):
        ax.contourf(image[0].flipud(), [0, 1.2, 3], colors=["0.5", "k"])
        ax.set_title(title)
        ax.set_aspect("equal")
        ax.set_axis_off()
    plt.show()


show(x[:10], [f"${label}$" for label in y[:10]])
shares = (100 * torch.bincount(y) / len(y)).tolist()
print(*(f"{share:.1f}" for share in shares))


# %% fit
# A training loop, and the error that judges it
def error(model, x, y):
    """Return the share of images that a model misreads, in %."""
    with torch.no_grad():
        return 100 * (model(x).argmax(1) != y).double().mean().item()


def fit(build, lr, seed=0, epochs=5, batch=64):
    """Return a trained model, and its loss and validation error after each epoch."""
    torch.manual_seed(seed)
    model, curve = build(), []
    optimizer = torch.optim.SGD(model.parameters(), lr, momentum=0.9)
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad()
            loss = cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        curve.append((total / len(x), error(model, x_val, y_val)))
    return model, curve


# %% search
# Five learning rates, three seeds each, judged on the validation images
def linear():
    """Return a linear softmax model."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


rates = [0.001, 0.003, 0.01, 0.03, 0.1]
tried = [[fit(linear, lr, seed)[1][-1][1] for seed in range(3)] for lr in rates]
means = [sum(errors) / 3 for errors in tried]
best = rates[means.index(min(means))]
assert rates[0] < best < rates[-1], "the best rate lies at an end: widen the grid"

fig, ax = plt.subplots()
ax.semilogx(rates, tried, "o", color="0.5")
ax.semilogx(rates, means, "C1-", label="mean of three seeds")
ax.set(xlabel="learning rate", ylabel="validation error in %")
ax.legend()
plt.show()

# %% curves
# Thirty epochs at the best rate
_, curve = fit(linear, best, epochs=30)
losses, errors = zip(*curve, strict=True)

fig, (left, right) = plt.subplots(1, 2, figsize=(4.8, 2.8))
left.plot(range(1, 31), losses, "C1-")
left.set(xlabel="epoch", ylabel="training loss")
right.plot(range(1, 31), errors, "C1-")
right.set(xlabel="epoch", ylabel="validation error in %")
plt.show()

# %% once
# The test images, for the first time
model, _ = fit(linear, best)
test_error = error(model, x_test, y_test)
luck = (test_error * (100 - test_error) / len(x_test)) ** 0.5
print(f"{test_error:.2f} ± {luck:.2f}")

# %% confusion
# Which digit is taken for which
with torch.no_grad():
    said = model(x_test).argmax(1)
counts = torch.bincount(10 * y_test + said, minlength=100).view(10, 10)
mistakes = counts.clone().fill_diagonal_(0)
assert counts.sum() == len(x_test) and mistakes.sum() == (said != y_test).sum()
pairs = [(int(i) // 10, int(i) % 10) for i in mistakes.flatten().topk(5).indices]
for digit, taken in pairs:
    print(f"{digit} → {taken}: {counts[digit, taken]}")

fig, ax = plt.subplots(figsize=(4.8, 4.4))
row, column = mistakes.nonzero(as_tuple=True)
ax.plot([0, 9], [0, 9], color="0.5", linewidth=0.8)
ax.scatter(column, row, s=4 * mistakes[row, column], color="C1")
ax.set(xlabel="taken for", ylabel="digit", xticks=range(10), yticks=range(10))
ax.invert_yaxis()
plt.show()

# %% worst
# The ten mistakes with the highest loss
with torch.no_grad():
    loss_each = cross_entropy(model(x_test), y_test, reduction="none")
worst = loss_each.topk(10).indices
assert (said[worst] != y_test[worst]).all()
show(x_test[worst], [rf"${y_test[i]} \to {said[i]}$" for i in worst])


# %% better
# Three models, each at its own best of as many rates
def network():
    """Return a network with one hidden layer."""
    hidden = nn.Linear(784, 100), nn.ReLU()
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(100, 10))


def convolutional():
    """Return a network that looks for the same strokes everywhere."""
    first = nn.Conv2d(1, 8, 5, stride=2), nn.ReLU()
    second = nn.Conv2d(8, 16, 5, stride=2), nn.ReLU()
    return nn.Sequential(*first, *second, nn.Flatten(), nn.Linear(256, 10))


def chosen(build, rates=(0.003, 0.01, 0.03, 0.1)):
    """Return the best rate on the validation images, and a model for each seed."""
    found = {lr: fit(build, lr) for lr in rates}
    lr = min(found, key=lambda lr: found[lr][1][-1][1])
    assert rates[0] < lr < rates[-1], "the best rate lies at an end: widen the grid"
    return lr, [found[lr][0], *(fit(build, lr, seed)[0] for seed in (1, 2))]


models = {build.__name__: chosen(build) for build in (linear, network, convolutional)}
sizes, tests = {}, {}
for name, (lr, three) in models.items():
    sizes[name] = sum(p.numel() for p in three[0].parameters())
    tests[name] = torch.tensor([error(each, x_test, y_test) for each in three])
    found = f"{tests[name].mean():5.2f} ± {tests[name].std():.2f}"
    print(f"{sizes[name]:6d} {lr:5.3f} {found}")

# %% gain
# Of the mistakes of the linear model, the share in % that the best one mends
with torch.no_grad():
    before = models["linear"][1][0](x_test).argmax(1) != y_test
    after = models["convolutional"][1][0](x_test).argmax(1) != y_test
mended = 100 * (before & ~after).sum().item() / before.sum().item()
fresh = (~before & after).sum().item()
print(f"{mended:.0f}", fresh)
