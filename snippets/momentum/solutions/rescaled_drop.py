"""At a drop of the learning rate, rescale the velocity that contains it."""


def momentum(inside, rescale=False, x=2.0, beta=0.9):
    """Return the path on the parabola, with lr inside or outside the velocity.

    >>> f"{gaps[0]:.3f}", gaps[1] < 1e-12
    ('2.009', True)
    >>> paths = momentum(False), momentum(True), momentum(True, rescale=True)
    >>> [(len(path), round(path[6], 9)) for path in paths]
    [(41, -1.1865508), (41, -1.6268992), (41, -1.1865508)]
    """
    path, v, last = [x], 0.0, 0.1
    for lr in [0.1] * 5 + [0.01] * 35:
        if rescale:
            v, last = v * lr / last, lr
        v = beta * v - (lr if inside else 1) * 2 * x
        x = x + (1 if inside else lr) * v
        path.append(x)
    return path


def gap(one, other):
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


gaps = [gap(momentum(True, rescale), momentum(False)) for rescale in (False, True)]
print(f"{gaps[0]:.3f} {gaps[1]:.9f}")
