"""The expected loss at the end, over the peak of the schedule, for five shapes."""

import matplotlib.pyplot as plt
import numpy as np

curvature, T = np.geomspace(0.01, 1, 30), 200
over = np.arange(T) / T  # how much of the training is over
shapes = [over**0, 1 - over, (1 + np.cos(np.pi * over)) / 2]
shapes += [0.1 ** np.floor(np.maximum(4 * over - 1, 0)), np.minimum(1, 5 * (1 - over))]


def loss(shape, peaks, x0=1.0, sigma=0.1):
    """Return E f after the last step, exactly, for each peak.

    >>> by_hand = (1 - 0.5 * curvature) ** 2 * 4 + (0.5 * 3) ** 2
    >>> bool(abs(loss([1], np.array([0.5]), 2, 3)[0] - curvature @ by_hand / 2) < 1e-9)
    True
    >>> [round(peak, 3) for peak in best], [round(end, 5) for end in least]
    ([0.266, 0.814, 0.808, 0.597, 0.38], [0.03066, 0.01959, 0.02076, 0.02988, 0.02367])
    >>> [round(end, 6) for end in same]
    [0.03066, 0.042008, 0.042666, 0.044481, 0.02606]
    """
    square = np.full((len(peaks), len(curvature)), x0**2)
    for part in shape:
        lr = part * peaks[:, None]
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    return square @ curvature / 2


peaks = np.arange(0.01, 2, 0.001)
ends = [loss(shape, peaks) for shape in shapes]
best = [float(peaks[end.argmin()]) for end in ends]
least = [float(end.min()) for end in ends]
same = [float(loss(shape, np.array(best[:1]))[0]) for shape in shapes]
fig, ax = plt.subplots()
for end, peak, low in zip(ends, best, least, strict=True):
    (line,) = ax.loglog(peaks, end)
    ax.plot(peak, low, "o", color=line.get_color())
ax.axvline(best[0], color="0.5", linewidth=1)
lines = ax.get_lines()[0:10:2]
ax.legend(lines, ["constant", "linear", "cosine", "stairs", "stable, then down"])
ax.set(xlabel="peak", ylabel="expected loss", ylim=(0.017, 0.4))
plt.show()
