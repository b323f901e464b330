"""One thousandth below and above the largest stable learning rate."""


def momentum(step, beta=0.9, x=1.0, steps=1000):
    """Return where heavy ball on a parabola ends; step is lr times curvature.

    >>> [f"{end:.1e}" for end in ends]
    ['3.3e-04', '1.6e+05']

    At the limit itself it ends in a jump between two points, x and -x.

    >>> abs(at_limit - 19) < 1e-9, abs(momentum(3.8, steps=1001) + 19) < 1e-9
    (True, True)
    """
    v = 0.0
    for _ in range(steps):
        v = beta * v - step * x
        x = x + v
    return x


ends, at_limit = [momentum(3.799), momentum(3.801)], momentum(3.8)
print(f"{ends[0]:.1e} {at_limit:.6f} {ends[1]:.1e}")
