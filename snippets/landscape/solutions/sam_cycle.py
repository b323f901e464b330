"""SAM with a constant rate on a parabola: it never arrives, but jumps to and fro."""


def sam(x, step, rho, curvature=4.0, steps=2000):
    """Return the last point; step is lr times curvature.

    >>> all(gap < 1e-9 for gap in gaps)
    True
    >>> abs(sam(0.3, 1.0, 0.05) + sam(0.3, 1.0, 0.05, steps=2001)) < 1e-12
    True
    >>> sam(0.0, 0.5, 0.05)
    0.0
    """
    lr = step / curvature
    for _ in range(steps):
        ahead = x + rho * (x > 0) - rho * (x < 0)
        x = x - lr * curvature * ahead
    return x


cases = (0.1, 0.5, 1.0)
ends = [abs(sam(0.3, step, 0.05)) for step in cases]
gaps = [abs(e - s * 0.05 / (2 - s)) for e, s in zip(ends, cases, strict=True)]
print(*(f"{end:.9f}" for end in ends))
