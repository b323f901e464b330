"""On |x| the slope does not fade, and so a constant step never settles."""


def subgradient_descent(lrs, x=1.05):
    """Return the path on |x| with one learning rate for each step.

    With a constant 0.1 it ends up jumping between 0.05 and -0.05. With rates that
    fall like 1 / k the jumps shrink with them.

    >>> [round(x, 9) for x in constant[-3:]]
    [0.05, -0.05, 0.05]
    >>> all(abs(falling[k]) <= 0.5 / k for k in range(10, 1001)), round(falling[2], 9)
    (True, 0.3)
    """
    path = [x]
    for lr in lrs:
        x = x - lr * ((x > 0) - (x < 0))
        path.append(x)
    return path


constant = subgradient_descent([0.1] * 1000)
falling = subgradient_descent([0.5 / k for k in range(1, 1001)])
print([round(x, 9) for x in constant[-3:]], abs(falling[-1]) < 0.0005)
