"""Words as rare as in a language: what 50 steps leave of the loss of each word."""

import matplotlib.pyplot as plt
import numpy as np


def excess(w, p):
    """Return the model's chances, and the loss above its minimum for the true ones."""
    q = 1 / (1 + (w.shape[-1] - 1) * np.exp(-np.clip(w, -30, 30)))
    return q, p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))


def left(method, words, lr, steps=50):
    """Return what the best rate leaves, of the whole loss and of that of each word.

    >>> [f"{total[k][0]:.1e} {total[k][-1]:.1e}" for k in total]
    ['9.3e-13 5.8e-02', '2.7e-07 4.1e-07', '5.1e-04 6.6e-04']
    >>> [f"{left(k, 3, np.array([0.7]), 3)[1][2]:.6f}" for k in total]
    ['0.796842', '0.047620', '0.207972']
    >>> [f"{excess(np.full(10, w), 0.8)[1][0]:.4f}" for w in (0, np.log(36), 99, -99)]
    ['1.3627', '0.0000', '5.0601', '25.2574']
    """
    p = np.random.default_rng(0).uniform(0.5, 0.95, words)
    f, w = 1 / np.arange(1, words + 1), np.zeros((len(lr), words))
    m, s, start, beta = 0.0, 0.0, excess(w[0], p)[1], 0.9 * (method == "Adam")
    for t in range(1, steps + 1):
        g = f * (excess(w, p)[0] - p)
        m, s = beta * m + g, 0.999 * s + 0.001 * g**2
        scaled = 0.1 * m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        step = {"GD": g, "sign": np.sign(g), "Adam": scaled}[method]
        w = w - lr[:, None] * (1 - (t - 1) / steps) * step
    best = min(excess(w, p)[1], key=lambda loss: loss @ f)
    return float(best @ f / (start @ f)), best / start


sizes, total, (fig, ax) = (10, 30, 100, 300, 1000, 3000), {}, plt.subplots()
edges = np.geomspace(1, 3001, 12).astype(int) - 1
for method, style, top in ("GD", "C0-", 1e5), ("sign", "C5s:", 10), ("Adam", "C3^", 10):
    found = [left(method, words, np.geomspace(top / 1e4, top, 60)) for words in sizes]
    total[method] = [share for share, _ in found]
    means = np.add.reduceat(found[-1][1], edges[:-1]) / np.diff(edges)
    ax.loglog(edges[:-1] + 1, means, style)
ax.legend(ax.lines, ["gradient descent", "sign descent", "Adam"])
ax.set(xlabel="rank of the word", ylabel="share of the loss left", ylim=(1e-10, 3))
plt.show()
