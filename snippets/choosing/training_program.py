"""A whole training: train, save, resume, choose on validation images, test once."""

from pathlib import Path

import torch
from torch import nn
from torchvision.datasets import MNIST

device = torch.accelerator.current_accelerator(check_available=True) or "cpu"


def load():
    """Return images and labels to train on, to choose by, and to test on."""
    data = [MNIST("data", train=train, download=True) for train in (True, False)]
    x, x_test = ((d.data.view(-1, 784) / 255 - 0.1307) / 0.3081 for d in data)
    y, y_test = (d.targets for d in data)
    kept = len(x) - min(10_000, len(x) // 5)
    parts = (x[:kept], y[:kept]), (x[kept:], y[kept:]), (x_test, y_test)
    return [(x.to(device), y.to(device)) for x, y in parts]


def build(lr, steps):
    """Return a model, its optimizer, and a schedule that is over after these steps."""
    layers = nn.Linear(784, 100), nn.ReLU(), nn.Dropout(0.1), nn.Linear(100, 10)
    model = nn.Sequential(*layers).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr, momentum=0.9, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    return {"model": model, "optimizer": optimizer, "schedule": schedule}


def one_epoch(model, optimizer, schedule, batch):
    """Train on each image once, in a random order."""
    x, y = training
    model.train()
    for rows in torch.randperm(images, device=device).split(batch):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
        schedule.step()


def error(model, x, y):
    """Return the error in %, without dropout, in parts that fit into the memory.

    >>> best, abs(sum(test_errors) / 3 - (2.4 if images > 8000 else 5.3)) < 0.5
    (0.03, True)
    >>> error(nn.Identity(), torch.eye(4), torch.arange(4) % 3), f"{test[0].max():.4}"
    (25.0, '2.821')
    """
    model.eval()
    wrong = 0
    with torch.no_grad():
        for some, labels in zip(x.split(1000), y.split(1000), strict=True):
            wrong += (model(some).argmax(1) != labels).sum().item()
    return 100 * wrong / len(y)


def train(file, lr, seed=0, epochs=5, batch=64, pause=None):
    """Return a model and its validation error after each epoch; go on from the file.

    `pause` is the epoch to leave after, as when the time of a job is over.

    >>> how = {"lr": 0.05, "seed": 3, "epochs": 3, "batch": 777}
    >>> model, errors = train(Path("whole.pt"), **how)
    >>> _, early = train(Path("resumed.pt"), **how, pause=1)
    >>> again, late = train(Path("resumed.pt"), **how)
    >>> lr = torch.load("whole.pt")["schedule"]["_last_lr"][0]
    >>> same = all(map(torch.equal, model.parameters(), again.parameters()))
    >>> early == errors[:1], late == errors, same, abs(lr) < 1e-9, torch.initial_seed()
    (True, True, True, True, 3002)
    >>> train(Path("runs/0.03-2.pt"), lr=0.06)
    Traceback (most recent call last):
    ValueError: runs/0.03-2.pt holds another run: lr 0.03, seed 2, epochs 5, batch 64
    """
    settings = f"lr {lr}, seed {seed}, epochs {epochs}, batch {batch}"
    torch.manual_seed(seed)
    parts, errors = build(lr, epochs * -(-images // batch)), []
    if file.exists():
        saved = torch.load(file, map_location=device)
        if saved["settings"] != settings:
            raise ValueError(f"{file} holds another run: {saved['settings']}")
        errors = saved["errors"]
        for name, part in parts.items():
            part.load_state_dict(saved[name])
    for epoch in range(len(errors), pause or epochs):
        torch.manual_seed(1000 * seed + epoch)  # the same order, resumed or not
        one_epoch(**parts, batch=batch)
        errors.append(error(parts["model"], *validation))
        saved = {name: part.state_dict() for name, part in parts.items()}
        torch.save(saved | {"settings": settings, "errors": errors}, f"{file}.part")
        Path(f"{file}.part").replace(file)  # until now the old one stood there
    return parts["model"], errors


training, validation, test = load()
images = len(training[0])
Path("runs").mkdir(exist_ok=True)
found = {lr: train(Path(f"runs/{lr}-0.pt"), lr)[1][-1] for lr in (0.01, 0.03, 0.1)}
best = min(found, key=found.get)
models = [train(Path(f"runs/{best}-{seed}.pt"), best, seed)[0] for seed in range(3)]
test_errors = [error(model, *test) for model in models]
print(*(f"{lr}: {found[lr]:.2f}" for lr in found))
print(*(f"{e:.2f}" for e in test_errors))
