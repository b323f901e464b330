"""How far five schedules travel: the mean of the shape, times its best peak."""

import numpy as np

T, peaks = 200, (0.266, 0.814, 0.808, 0.597, 0.380)
over = np.arange(T) / T


def travelled(shape, peak):
    """Return the mean of the rates.

    >>> round(travelled([1, 0.5], 0.4), 9), round(means[1], 9), round(means[3], 9)
    (0.3, 0.5025, 0.5275)
    """
    return float(np.mean(shape) * peak)


shapes = [over**0, 1 - over, (1 + np.cos(np.pi * over)) / 2]
shapes += [0.1 ** np.floor(np.maximum(4 * over - 1, 0)), np.minimum(1, 5 * (1 - over))]
means = [travelled(shape, 1) for shape in shapes]
mean_rates = [travelled(shape, peak) for shape, peak in zip(shapes, peaks, strict=True)]
print(*(f"{m:.4f} {d:.3f}" for m, d in zip(means, mean_rates, strict=True)))
