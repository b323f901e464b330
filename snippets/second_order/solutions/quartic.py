"""On x^4 Newton's method is only linear: the curvature vanishes at the minimizer."""


def newton(p, factor=1.0, x=1.0, steps=10):
    """Return the points on |x|^p, with steps that are longer by a factor.

    >>> [f"{x:.10f}" for x in (plain[1], plain[10], longer[1])]
    ['0.6666666667', '0.0173415299', '0.0000000000']
    >>> abs(newton(7, x=2.0)[3] - 2 * (5 / 6) ** 3) < 1e-12, newton(7, 6.0, steps=1)[1]
    (True, 0.0)
    """
    path = [x]
    for _ in range(steps):
        slope, curvature = p * x ** (p - 1), p * (p - 1) * x ** (p - 2)
        x = x - factor * slope / curvature
        path.append(x)
    return path


plain, longer = newton(4), newton(4, factor=3.0, steps=1)
print(f"{plain[1]:.4f} {plain[10]:.4f} {longer[1]:.4f}")
