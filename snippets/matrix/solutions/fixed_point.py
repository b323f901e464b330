"""The polynomial of Muon has a fixed point near 1, and runs away from it."""

import numpy as np

a, b, c = 3.4445, -4.775, 2.0315


def polynomial(s):
    return a * s + b * s**3 + c * s**5


def slope(s):
    """Return the slope of the polynomial: beyond -1 and 1, points are driven away.

    >>> rise = polynomial(0.500001) - polynomial(0.499999)
    >>> bool(abs(slope(0.5) - rise / 2e-6) < 1e-6)
    True
    >>> f"{fixed:.6f} {drift:.3f} {product:.3f}"
    '0.868026 -1.582 -0.143'
    """
    return a + 3 * b * s**2 + 5 * c * s**4


fixed = float(np.sqrt(min(np.roots([c, b, a - 1]))))
drift = slope(fixed)
s, product = 0.5, 1.0
for step in range(2004):
    s = polynomial(s)
    product *= slope(s) if step >= 2000 else 1.0
print(f"{fixed:.3f} {drift:.3f} {product:.3f}")
