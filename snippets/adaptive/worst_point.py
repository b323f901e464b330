"""A line on which Adam walks to the worst point, or to the best: beta2 decides."""

import matplotlib.pyplot as plt
import torch


def drift(beta2, n=3, C=3.0):
    """Return how far n steps with gradients C, -1, ..., -1 move x, over the rate.

    >>> f"{drift(0):.4f} {drift(0.1):.4f} {drift(0.999):.4f} {drift(0.5, 4, 2.0):.4f}"
    '1.0000 0.6809 -0.5215 1.2630'
    >>> abs(drift(critical)) < 1e-9, f"{critical:.9f}"
    (True, '0.472313140')
    """
    top = (1 - beta2) * (C**2 - 1) / (1 - beta2**n)
    return sum((1 if k else -C) / (1 + top * beta2**k) ** 0.5 for k in range(n))


def walk(beta2, amsgrad=False, steps=3000):
    """Return the path of torch's Adam between -1 and 1, with beta1 = 0.

    >>> [round(p[-1], 1) for p in paths], [f"{x:.3f}" for x in walk(0.0, steps=3)]
    ([1.0, 1.0, -1.0, -1.0, -1.0], ['0.000', '-0.200', '-0.059', '0.057'])
    """
    x, path = torch.zeros(1, dtype=torch.float64), [0.0]
    optimizer = torch.optim.Adam([x], betas=(0.0, beta2), amsgrad=amsgrad)
    for t in range(steps):
        optimizer.param_groups[0]["lr"] = 0.2 / (t + 1) ** 0.5
        x.grad = torch.full_like(x, -1 if t % 3 else 3)
        optimizer.step()
        path.append(float(x.clamp_(-1, 1)))
    return path


critical, (fig, ax) = 0.0, plt.subplots()
for k in range(1, 50):
    critical += 2.0**-k * (drift(critical + 2.0**-k) > 0)
paths = [*map(walk, (0.1, 0.3, 0.65, 0.999)), walk(0.1, True)]
for path, style in zip(paths, ("C3-", "C3--", "C3-.", "C3:", "C5-"), strict=True):
    ax.semilogx(path, style)
for beta2, x, y in (0.1, 15, 0.7), (0.3, 500, 0.3), (0.65, 500, -0.4), (0.999, 4, -0.6):
    ax.text(x, y, rf"$\beta_2 = {beta2}$", color="C3")
ax.text(20, -0.85, "AMSGrad", color="C5")
ax.set(xlabel="step", ylabel="$x$")
plt.show()
