"""Under a constant gradient, the velocity tends to 1 / (1 - beta) gradients."""


def velocity(beta, steps):
    """Return the velocity after some steps with gradient 1, starting at rest.

    >>> abs(velocity(0.9, 20) - (1 - 0.9**20) / (1 - 0.9)) < 1e-9
    True
    >>> [round(velocity(beta, 5000), 9) for beta in betas]
    [2.0, 10.0, 100.0]

    After so many steps it has reached half of that.

    >>> half
    [1, 7, 69]
    """
    v = 0.0
    for _ in range(steps):
        v = beta * v + 1
    return v


betas = [0.5, 0.9, 0.99]
half = [
    next(k for k in range(1000) if velocity(beta, k) >= 0.5 / (1 - beta) - 1e-12)
    for beta in betas
]
print(half)
