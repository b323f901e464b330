"""How rare the large gradient may be before Adam walks the wrong way."""


def drift(beta2, n):
    """Return how far n steps with gradients n, -1, ..., -1 move x, over the rate.

    >>> f"{drift(0, 3):.4f} {drift(0.1, 3):.4f}"
    '1.0000 0.6809'
    >>> [abs(drift(beta2, n)) < 1e-6 for n, beta2 in critical.items()]
    [True, True, True]
    >>> [all(drift(b, n) > 0 for n in range(k, 500)) for b, k in longest.items()]
    [True, True, True]
    """
    top = (1 - beta2) * (n**2 - 1) / (1 - beta2**n)
    large, *small = [(1 + top * beta2**k) ** -0.5 for k in range(n)]
    return sum(small) - n * large


critical = {}
for n in (3, 10, 101):
    low, high = 0.0, 1 - 1e-6
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if drift(middle, n) > 0 else (low, middle)
    critical[n] = low
longest = {
    b: next(n for n in range(3, 99) if drift(b, n) > 0) for b in (0.9, 0.99, 0.999)
}
print(critical, longest)
