"""Momentum in four conventions, and the learning rate that each one needs."""

import numpy as np

curvature = np.array([1.0, 20.0])


def sutskever(x, v, grad, lr, beta):
    v = beta * v - lr * grad
    return x + v, v


def pytorch(x, v, grad, lr, beta):
    v = beta * v + grad
    return x - lr * v, v


def averaged(x, v, grad, lr, beta):
    v = beta * v + (1 - beta) * grad
    return x - lr * v, v


def translate(lr, beta, source, target):
    """Return the learning rate with which target walks the path of source.

    >>> {f"{p[2]} {len(p)}" for p in paths}, translate(3, 0.5, averaged, pytorch)
    ({'[-5.4834 -0.57  ] 101'}, 1.5)
    """
    weight = {sutskever: 1, pytorch: 1, averaged: 1 - beta}
    return lr * weight[source] / weight[target]


def path(update, lr, beta, steps=100):
    points, v = [np.array([-6.0, 1.5])], 0.0
    for _ in range(steps):
        x, v = update(points[-1], v, curvature * points[-1], lr, beta)
        points.append(x)
    return np.array(points)


tensorflow = sutskever  # Keras SGD stores the same velocity
forms = (sutskever, pytorch, averaged, tensorflow)
lrs = [translate(0.03, 0.9, pytorch, form) for form in forms]
paths = [path(form, lr, 0.9) for form, lr in zip(forms, lrs, strict=True)]
print(*(f"{lr:.2f}" for lr in lrs), *(f"{x[-1, 0]:.12f}" for x in paths))
