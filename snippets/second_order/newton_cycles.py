"""On a strongly convex loss Newton's method may run in circles; a line search helps."""

import numpy as np

rng, decay = np.random.default_rng(4), 0.01
x = rng.normal(size=(30, 3))
y = np.sign(x @ [1, -1, 0.5] + rng.normal(size=30))
top = float(np.linalg.norm(x, 2) ** 2 / 120 + decay)  # no curvature is above


def loss(w):
    return np.logaddexp(0, -y * (x @ w)).mean() + decay / 2 * w @ w


def derivatives(w):
    p = 1 / (1 + np.exp(y * (x @ w)))
    hessian = (x.T * p * (1 - p)) @ x / 30 + decay * np.eye(3)
    return decay * w - x.T @ (p * y) / 30, hessian


def newton(start, search, steps=10):
    """Return the losses; with a search, the step is halved until the loss falls enough.

    >>> [f"{value:.2f}" for value in far[:5]], f"{near[10]:.6f} {far[1:].min():.2f}"
    (['1.01', '1.71', '5.28', '22.64', '28.00'], '0.379410 1.71')
    >>> [f"{value:.2f}" for value in far[-5:]]
    ['30.92', '25.46', '25.18', '18.23', '30.92']
    >>> [int(k) for k in arrivals], [f"{value:.3f}" for value in damped[:4]]
    ([4, 4, 7, 6], ['1.011', '0.476', '0.389', '0.380'])
    """
    w, losses = np.full(3, start), []
    for _ in range(steps + 1):
        losses.append(float(loss(w)))
        grad, hessian = derivatives(w)
        step, t = -np.linalg.solve(hessian, grad), 1.0
        while search and loss(w + t * step) > losses[-1] + 1e-4 * t * grad @ step:
            t = t / 2
        w = w + t * step
    return np.array(losses)


near, far, damped = newton(1.0, False), newton(2.0, False, 300), newton(2.0, True)
arrivals = [sum(newton(w, True) > near[10] + 1e-6) for w in (1.0, 2.0, 4.0, 8.0)]
for row in (near, far, damped):
    print(*(f"{value:7.3f}" for value in row[:7]))
