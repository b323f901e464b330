"""From which batch on does Newton-Schulz cost less than a tenth of the gradient?"""


def batch(rows, columns, share=0.1):
    """Return the batch at which the work of five steps is a share of the layer's.

    >>> [batch(n, n) for n in (128, 4096)], batch(768, 3072)
    ([6400, 204800], 28800)
    """
    small, large = sorted((rows, columns))
    muon = 5 * (4 * small**2 * large + 2 * small**3)
    return round(muon / (6 * rows * columns * share))


batches = [batch(128, 128), batch(768, 3072), batch(4096, 4096)]
print(*batches)
