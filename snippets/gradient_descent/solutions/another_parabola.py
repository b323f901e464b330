"""The regimes of another parabola follow from its curvature alone."""

curvature = 6.0  # of 3 x^2


def gradient_descent(x, lr, steps=20):
    """Return x after steps of gradient descent on 3 x^2.

    The learning rate that solves x^2 in one step makes this path explode.

    >>> ends[0.5] == (-2) ** 20
    True
    >>> bool(abs(ends[1 / 6]) < 1e-9), bool(abs(ends[1 / 3] - 1) < 1e-9)
    (True, True)
    """
    for _ in range(steps):
        x = x - lr * curvature * x
    return x


ends = {lr: gradient_descent(1.0, lr) for lr in (0.1, 1 / 6, 1 / 3, 0.5)}
print(ends)
