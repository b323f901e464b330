"""A grid of learning rates that grows until its best is inside."""


def error(lr):
    """Return the error after 50 steps of gradient descent on two parabolas.

    >>> error(0.0) == 101 / 2, f"{error(1.0):.3g}"
    (True, '5e+101')
    >>> abs(error(0.015) - 0.5 * 0.985**100) < 1e-12
    True
    """
    return sum(0.5 * c * min(abs(1 - lr * c), 10.0) ** 100 for c in (1, 100))


def search(low, high, widest=40):
    """Return the best learning rate 10 ** (k / 4), and the last grid of k.

    >>> lr, ks = search(-16, -12)
    >>> ks[0] < min(ks, key=lambda k: error(10 ** (k / 4))) < ks[-1]
    True
    >>> f"{lr:.4f}", search(25, 29)[0] == lr
    ('0.0178', True)
    >>> [(grid[0], grid[-1]) for grid in (ks, search(-17, -13)[1], search(25, 29)[1])]
    [(-16, -6), (-17, -5), (-9, 29)]
    """
    while high - low < widest:
        ks = list(range(low, high + 1))
        k = min(ks, key=lambda k: error(10 ** (k / 4)))
        if low < k < high:
            return 10 ** (k / 4), ks
        low, high = low - 2 * (k == low), high + 2 * (k == high)
    raise ValueError("no minimum inside the widest grid")


lr, ks = search(-16, -12)
print(f"{lr:.4f}", ks[0], ks[-1])
