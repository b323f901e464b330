"""How far the steps of an uncorrected Adam rise above the rate, and when."""


def burst(beta1, beta2, steps=10_000):
    """Return the greatest length of a step, in units of the rate, and its number.

    >>> f"{found[0.999][0]:.4f}", found[0.999][1], round(burst(0.5, 0.75, 1)[0], 9)
    ('6.5685', 12, 1.0)
    >>> [burst(0.9, beta2, 200)[0] > 1 for beta2 in (0.8, 0.9, 0.91)]
    [False, False, True]
    """
    lengths = [(1 - beta1**t) / (1 - beta2**t) ** 0.5 for t in range(1, steps + 1)]
    return max(lengths), 1 + lengths.index(max(lengths))


found = {beta2: burst(0.9, beta2) for beta2 in (0.95, 0.99, 0.999, 0.9999)}
for beta2, (top, when) in found.items():
    print(f"{beta2:<7} {top:7.4f} {when:3}")
