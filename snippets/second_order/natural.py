"""The natural gradient takes one path in three parametrizations, if steps are short."""

import matplotlib.pyplot as plt
import numpy as np

goal, start = 0.9, 0.02


def probability(form, t):
    return {"p": t, "logit": 1 / (1 + np.exp(-t)), "angle": np.sin(t) ** 2}[form]


def walk(form, lr, steps, natural=True):
    """Return the probabilities of a coin; the loss is its cross-entropy with the goal.

    >>> all(np.abs(walk("p", 0.2, 9) - 0.9 + 0.88 * 0.8 ** np.arange(10)) < 1e-12)
    True
    >>> [f"{spread:.5f}" for spread in spreads], f"{flow:.5f}"
    (['0.20620', '0.00432', '0.00041'], '0.57627')
    >>> f"{walk('logit', 0.1, 1, False)[1]:.6f} {walk('angle', 0.1, 1, False)[1]:.6f}"
    '0.021800 0.970789'
    """
    p, path = start, [start]
    t = {"p": p, "logit": np.log(p / (1 - p)), "angle": np.arcsin(p**0.5)}[form]
    for _ in range(steps):
        variance = p * (1 - p)
        slope = {"p": 1.0, "logit": variance, "angle": 2 * variance**0.5}[form]
        grad, fisher = slope * (p - goal) / variance, slope**2 / variance
        t = t - lr * (grad / fisher if natural else grad)
        p = probability(form, t)
        path.append(p)
    return np.array(path)


forms, rates, flow = ("p", "logit", "angle"), (0.1, 0.01, 0.001), goal - 0.88 / np.e
leap = float(walk("p", 0.05, 1, natural=False)[1])
ends = [[walk(form, lr, round(1 / lr))[-1] for form in forms] for lr in rates]
spreads = [float(max(row) - min(row)) for row in ends]
fig, axes = plt.subplots(1, 2, figsize=(4.8, 3.2), sharey=True)
for ax, natural in zip(axes, (False, True), strict=True):
    for form, line in list(zip(forms, ("k-", "k--", "k:"), strict=True))[not natural :]:
        ax.plot(np.arange(61) / 20, walk(form, 0.05, 60, natural), line, linewidth=1.4)
    ax.set(xlabel=r"$\alpha k$", title=r"$F^{-1}\nabla$" if natural else r"$\nabla$")
axes[0].set(ylabel="$p$", ylim=(0, 1))
plt.show()
