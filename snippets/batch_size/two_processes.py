"""Data-parallel SGD: two processes, half of a batch each, take the steps of one."""

from tempfile import mkdtemp

import torch
from torch import distributed, multiprocessing, nn
from torch.nn.parallel import DistributedDataParallel as DDP

torch.manual_seed(0)
x, batches = torch.randn(512, 8, dtype=torch.float64), torch.randint(512, (20, 48))


def train(rank=0, world=1, device="cpu", wrap=nn.Sequential):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 1)).double()
    wrapped, data = wrap(model.to(device)), x.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for own in batches[:, rank::world]:
        optimizer.zero_grad()
        (wrapped(data[own])[:, 0] - data[own].sin().sum(1)).square().mean().backward()
        optimizer.step()
    return torch.cat([p.detach().cpu().flatten() for p in model.parameters()])


def worker(*place):
    """Return the weights of one of several workers.

    >>> bool((two - one).norm() < 1e-12), bool((train(0, 2) - one).norm() > 0.1)
    (True, True)
    """
    device = f"cuda:{distributed.get_node_local_rank()}" if gpu else "cpu"
    distributed.init_process_group("nccl" if gpu else "gloo", None, None, *place)
    weights = train(distributed.get_rank(), distributed.get_world_size(), device, DDP)
    distributed.destroy_process_group()  # the wrapper is gone by now, or this may hang
    return weights


one, gpu, place = train(), torch.cuda.is_available(), ()
if not distributed.is_torchelastic_launched():  # the first of two forks the second
    gpu, place = False, (2, 0, distributed.FileStore(f"{mkdtemp()}/store", 2))
    multiprocessing.get_context("fork").Process(
        target=lambda: [torch.set_num_threads(1), worker(2, 1, place[2])]
    ).start()  # a fork has one thread, and no more
two = worker(*place)
print(bool((two - one).norm() < 1e-12))
