"""From where does Newton's method on (x^2 - 1)^2 / 4 climb to the top of the hill?"""

import numpy as np


def newton(x, steps=1):
    """Return where it is after some steps.

    >>> edge = 5**-0.5
    >>> abs(newton(edge) + edge) < 1e-12, abs(newton(3.0) - (3 - 24 / 26)) < 1e-12
    (True, True)
    >>> [f"{share:.3f}" for share in shares]
    ['0.000', '0.122', '0.878']
    >>> bool(all(np.abs(newton(np.linspace(-0.447, 0.447, 999), 40)) < 1e-9))
    True
    """
    for _ in range(steps):
        x = 2 * x**3 / (3 * x**2 - 1)
    return x


between = np.linspace(5**-0.5, 3**-0.5, 20_001)[1:-1]
ends = newton(between, 80)
shares = [float(np.mean(np.abs(ends - target) < 1e-9)) for target in (0, 1, -1)]
print(*(f"{share:.3f}" for share in shares))
