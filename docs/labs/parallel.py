# %% share
# Data, batches, and model, the same in every process
import inspect
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import distributed, nn
from torch.nn.functional import cross_entropy


def batches(steps=40, batch=64):
    """Return data, and the rows of each batch; the same in every process."""
    torch.manual_seed(0)
    x = torch.randn(1024, 20, dtype=torch.float64)
    y = (x[:, :4] + torch.randn(1024, 4)).argmax(1)
    return x, y, [torch.randperm(1024)[:batch] for _ in range(steps)]


def begin():
    """Return a small network in double precision, and its optimizer."""
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(20, 32), nn.Tanh(), nn.Linear(32, 4)).double()
    return model, torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)


def flat(model):
    """Return all weights in one row."""
    return torch.cat([p.detach().flatten() for p in model.parameters()])


# %% alone
# One process that sees whole batches
def alone():
    """Return the weights after each step."""
    (x, y, rows), (model, optimizer) = batches(), begin()
    path = []
    for some in rows:
        optimizer.zero_grad()
        cross_entropy(model(x[some]), y[some]).backward()
        optimizer.step()
        path.append(flat(model))
    return torch.stack(path)


one = alone()
print(len(one), "×", one.shape[1])


# %% worker
# What each of several processes does
def worker():
    """Train on every world-th row of each batch, with the mean of all gradients."""
    distributed.init_process_group("gloo", timeout=timedelta(seconds=30))
    rank, world = distributed.get_rank(), distributed.get_world_size()
    (x, y, rows), (model, optimizer) = batches(), begin()
    path = []
    for some in rows:
        own = some[rank::world]
        optimizer.zero_grad()
        cross_entropy(model(x[own]), y[own]).backward()
        for p in model.parameters():
            distributed.all_reduce(p.grad)
            p.grad /= world
        optimizer.step()
        path.append(flat(model))
    torch.save(torch.stack(path), f"path-{rank}-of-{world}.pt")
    distributed.destroy_process_group()


imports = "from datetime import timedelta\n\nimport torch\n"
imports += "from torch import distributed, nn\n"
imports += "from torch.nn.functional import cross_entropy\n"
parts = [inspect.getsource(part) for part in (batches, begin, flat, worker)]
Path("parallel.py").write_text("\n\n".join([imports, *parts, "worker()\n"]))


# %% launch
# The file, started by torchrun as two processes and as four
def launch(world):
    """Return the path of each process."""
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command = [*torchrun, "--nproc-per-node", str(world), "parallel.py"]
    for _ in range(3):  # gloo aborts in one start out of some forty
        done = subprocess.run(command, capture_output=True, text=True, timeout=100)
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr
    return [torch.load(f"path-{rank}-of-{world}.pt") for rank in range(world)]


gaps = {}
for world in (2, 4):
    paths = launch(world)
    assert all(torch.equal(path, paths[0]) for path in paths)
    gaps[world] = (paths[0] - one).abs().max().item()
    assert gaps[world] < 1e-12
    print(world, gaps[world] < 1e-12)


# %% accumulate
# The twin: one process, one share after the other
def accumulate(world, weigh):
    """Return the path; `weigh` says what the loss of a share of n of N rows counts."""
    (x, y, rows), (model, optimizer) = batches(), begin()
    path = []
    for some in rows:
        optimizer.zero_grad()
        for own in (some[rank::world] for rank in range(world)):
            loss = cross_entropy(model(x[own]), y[own])
            (weigh(len(own), len(some)) * loss).backward()
        optimizer.step()
        path.append(flat(model))
    return torch.stack(path)


twin = accumulate(2, lambda n, N: 1 / 2)
twin_gap = (twin - one).abs().max().item()
assert twin_gap < 1e-12
print(twin_gap < 1e-12)

# %% faults
# Unequal shares, and a sum in the place of a mean; below 1e-12 it is rounding
runs = {
    "n / N": accumulate(3, lambda n, N: n / N),
    "1 / 3": accumulate(3, lambda n, N: 1 / 3),
    "sum": accumulate(2, lambda n, N: 1),
}
distances = {k: (path - one).norm(dim=1).clamp(1e-12) for k, path in runs.items()}
ends = {name: distance[-1].item() for name, distance in distances.items()}
length = one[-1].norm().item()
assert ends["n / N"] == 1e-12 < 1e-3 < ends["1 / 3"] < ends["sum"]

fig, ax = plt.subplots()
steps = range(1, len(one) + 1)
ax.semilogy(steps, distances["sum"], label="sum of two shares")
ax.semilogy(steps, distances["1 / 3"], label="mean of three unequal shares")
ax.semilogy(steps, distances["n / N"], label="three shares by their rows")
ax.set(xlabel="step", ylabel="distance to one process", ylim=(1e-13, 10))
ax.legend()
plt.show()
