"""The learning rate drops at step 5, and two conventions of momentum part."""

import matplotlib.pyplot as plt
import torch

lrs, beta = [0.1] * 5 + [0.01] * 35, 0.9


def momentum(inside, x=2.0):
    """Return the path on the parabola, with lr inside or outside the velocity.

    Up to the drop the two are equal, after it they are not. torch is outside.

    >>> sum(gaps[:6]) < 1e-12, f"{min(within):.2f} {min(outside):.2f} {max(gaps):.2f}"
    (True, '-2.82 -1.19 2.01')
    >>> all(abs(a - b) < 1e-12 for a, b in zip(outside, library))
    True
    """
    path, v = [x], 0.0
    for lr in lrs:
        v = beta * v - (lr if inside else 1) * 2 * x
        x = x + (1 if inside else lr) * v
        path.append(x)
    return path


within, outside = momentum(True), momentum(False)
gaps = [abs(a - b) for a, b in zip(within, outside, strict=True)]
x = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
optimizer, library = torch.optim.SGD([x], lr=lrs[0], momentum=beta), [2.0]
for lr in lrs:
    optimizer.param_groups[0]["lr"] = lr
    optimizer.zero_grad()
    (x**2).backward()
    optimizer.step()
    library.append(x.item())
fig, ax = plt.subplots()
ax.plot(within, color="C1")
ax.plot(outside, color="C1")
ax.axvline(5, color="0.5", linestyle=":")
ax.text(5.5, 1.8, "the rate drops")
ax.text(18, -2.5, "rate inside the velocity")
ax.text(14, 0.9, "rate outside the velocity")
ax.set(xlabel="step", ylabel="$x$")
plt.show()
