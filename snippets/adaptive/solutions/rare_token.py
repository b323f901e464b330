"""One gradient after a long silence: how far Adam moves the weight, and how fast."""


def moves(beta1=0.9, beta2=0.999, steps=400):
    """Return the length of each step after a single gradient, in units of the rate.

    >>> f"{first:.4f} {whole:.2f} {most}"
    '3.1623 31.77 22'
    >>> [round(length, 9) for length in moves(0.5, 0.75, 2)]
    [1.0, 0.577350269]
    """
    first, factor = (1 - beta1) / (1 - beta2) ** 0.5, beta1 / beta2**0.5
    return [first * factor**k for k in range(steps)]


lengths = moves()
first, whole = lengths[0], sum(lengths)
most = next(k for k in range(400) if sum(lengths[:k]) >= 0.9 * whole)
print(f"{first:.4f} {whole:.2f} {most}")
