"""Linear and quadratic convergence on x - log x, whose minimum is at 1."""


def errors(step, x=0.5, steps=6):
    """Return the distances from 1, the first one included.

    Newton's step squares the error exactly. Gradient descent ends up multiplying it
    by a constant, here 3 / 4.

    >>> newton
    [0.5, 0.25, 0.0625, 0.00390625, 1.52587890625e-05, 2.3283064365386963e-10, 0.0]
    >>> abs(descent[60] / descent[59] - 0.75) < 1e-6
    True
    """
    path = [x]
    for _ in range(steps):
        x = step(x)
        path.append(x)
    return [abs(x - 1) for x in path]


newton = errors(lambda x: x - (1 - 1 / x) / (1 / x**2))
descent = errors(lambda x: x - 0.25 * (1 - 1 / x), steps=60)
print(newton[5], descent[5])
