"""Newton's method between 0 and 1 for ever, on x^4 / 4 - x^2 + 2 x."""


def newton(x, steps=6):
    """Return the points; from 0 they repeat, and from nearby they come back to that.

    >>> cycle, [f"{x:.6f}" for x in newton(0.1, 12)[-2:]]
    ([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0], ['1.000000', '0.000000'])
    >>> f"{minimizer:.9f}", abs(minimizer**3 - 2 * minimizer + 2) < 1e-9
    ('-1.769292354', True)
    """
    path = [x]
    for _ in range(steps):
        slope, curvature = x**3 - 2 * x + 2, 3 * x**2 - 2
        x = x - slope / curvature
        path.append(x)
    return path


cycle, minimizer = newton(0.0), newton(-2.0)[-1]
print(*(f"{x:.0f}" for x in cycle), f"{minimizer:.4f}")
