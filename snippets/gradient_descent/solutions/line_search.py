"""The best step along each gradient, and the right-angled zig-zag it makes."""

import numpy as np

curvature = np.array([1.0, 20.0])


def exact_line_search(x, steps=20):
    """Return the path and the gradients when each step goes to the lowest point.

    Successive gradients are perpendicular. From the worst start, (kappa, 1), each
    step shrinks both coordinates by 19 / 21: no better than the constant 2 / (L + mu).

    >>> bool(np.all(np.abs(np.sum(grads[1:] * grads[:-1], axis=1)) < 1e-9))
    True
    >>> bool(np.allclose(path[1:] / path[:-1], [19 / 21, -19 / 21], atol=1e-9))
    True
    >>> len(path), bool(np.allclose(path[20], path[0] * (19 / 21) ** 20, atol=1e-9))
    (21, True)
    """
    path, grads = [x], []
    for _ in range(steps):
        grad = curvature * x
        x = x - grad @ grad / (grad @ (curvature * grad)) * grad
        path.append(x)
        grads.append(grad)
    return np.array(path), np.array(grads)


path, grads = exact_line_search(np.array([20.0, 1.0]))
print(path[-1])
