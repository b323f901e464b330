"""Nesterov's momentum looks ahead; what torch stores is the point ahead."""

import matplotlib.pyplot as plt
import torch

curvature = torch.tensor([1.0, 20.0], dtype=torch.float64)
start = torch.tensor([-6.0, 1.5], dtype=torch.float64)
lr, beta, steps = 0.03, 0.9, 100


def momentum(nesterov):
    """Return the iterates x, and the points x + beta v ahead of them.

    torch walks the points ahead; x is its weights plus lr beta times its buffer.

    >>> back = library[-1] + lr * beta * optimizer.state[weights]["momentum_buffer"]
    >>> torch.dist(library, ahead) + torch.dist(back, look[-1]) < 1e-12, ball[2]
    (tensor(True), tensor([-5.4834, -0.5700], dtype=torch.float64))
    """
    x, v, path, ahead = start, 0.0, [start], [start]
    for _ in range(steps):
        v = beta * v - lr * curvature * (x + nesterov * beta * v)
        x = x + v
        path.append(x)
        ahead.append(x + beta * v)
    return torch.stack(path), torch.stack(ahead)


(ball, _), (look, ahead) = momentum(False), momentum(True)
weights = start.clone().requires_grad_()
optimizer = torch.optim.SGD([weights], lr=lr, momentum=beta, nesterov=True)
points = [start]
for _ in range(steps):
    optimizer.zero_grad()
    (0.5 * (curvature * weights**2).sum()).backward()
    optimizer.step()
    points.append(weights.detach().clone())
library = torch.stack(points)
fig, ax = plt.subplots()
ax.plot(ball[:61, 1], "C1-")
ax.plot(look[:61, 1], "C2--")
ax.text(28, 0.65, "heavy ball", color="C1")
ax.text(48, -0.3, "Nesterov", color="C2")
ax.set(xlabel="step", ylabel="$x_2$")
plt.show()
