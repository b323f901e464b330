"""A power of the heavy-ball matrix from its two eigenvalues."""

import numpy as np

step, beta = 0.02, 0.9
R = np.array([[1 - step, beta], [-step, beta]])
sigma1, sigma2 = np.roots([1, -(1 + beta - step), beta])


def power(k):
    """Return R to the power k, without multiplying.

    >>> gaps = [abs(power(k) - np.linalg.matrix_power(R, k)).max() for k in range(99)]
    >>> all(gap < 1e-9 for gap in gaps)
    True

    Row by column: x after 20 steps from 2 at rest.

    >>> round(float((power(20) @ [2, 0])[0].real), 9)
    -0.541342676
    >>> f"{modulus:.9f} {angle:.6f}"
    '0.948683298 0.135403'
    """
    parts = [R - sigma2 * np.eye(2), R - sigma1 * np.eye(2)]
    return (sigma1**k * parts[0] - sigma2**k * parts[1]) / (sigma1 - sigma2)


modulus, angle = float(abs(sigma1)), float(abs(np.angle(sigma1)))
print(f"{modulus:.9f} {angle:.6f}")
