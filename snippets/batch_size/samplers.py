"""What a sampler deals out to four workers: ten examples, and the order of an epoch."""

import functools

from torch.utils.data import DistributedSampler


def deal(epochs, drop_last=False, calls=True):
    """Return what each of four workers draws in each epoch, out of ten examples.

    >>> [sum(map(len, deal([0], short)[0])) for short in (False, True)]
    [12, 8]
    >>> [sum(map(len, hands)) for hands in called]  # by itself, nothing is dropped
    [12, 12]
    >>> [len({*sum(deal([0], short)[0], [])}) for short in (False, True)]
    [10, 8]
    >>> forgotten[0] == forgotten[1], called[0] == called[1], called[0] == forgotten[0]
    (True, False, True)
    """
    make = functools.partial(DistributedSampler, range(10), 4, drop_last=drop_last)
    workers = [make(rank) for rank in range(4)]
    dealt = []
    for epoch in epochs:
        for sampler in workers if calls else []:
            sampler.set_epoch(epoch)
        dealt.append([list(sampler) for sampler in workers])
    return dealt


forgotten, called = deal([0, 1], calls=False), deal([0, 1])
for epoch, hands in enumerate(called):
    print(epoch, *hands)
