"""What AdamW's decay leaves of a weight under four schedules with the same peak."""

import math


def left(schedule, decay=0.1, peak=1e-3, steps=1000):
    """Return the factor by which decay alone has multiplied a weight at the end.

    >>> [f"{once:.4f}" for once, _ in kept.values()]
    ['0.9048', '0.9512', '0.9512', '0.9512']
    >>> abs(kept["cosine"][1] / kept["constant"][0] - 1) < 1e-3
    True
    """
    return math.prod(1 - peak * schedule(t / steps) * decay for t in range(steps))


schedules = {
    "constant": lambda u: 1,
    "linear": lambda u: 1 - u,
    "cosine": lambda u: (1 + math.cos(math.pi * u)) / 2,
    "triangle": lambda u: 1 - abs(2 * u - 1),
}
kept = {k: (left(schedule), left(schedule, 0.2)) for k, schedule in schedules.items()}
for name, (once, twice) in kept.items():
    print(f"{name:9}{once:7.4f}{twice:7.4f}")
