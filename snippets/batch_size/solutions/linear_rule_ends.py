"""The linear rule: the same ball and the same work, until a step is too long."""

import math


def forget(lr, share=1e-3):
    """Return the steps until a parabola of curvature 1 has forgotten all but a share.

    >>> forget(0.05), forget(1.6), [k for k in range(1, 60) if 0.05 * k >= 2][0]
    (135, 14, 40)
    >>> forget(0.5, 1 / 8), forget(1.5, 1 / 1024)
    (3, 10)
    """
    return math.ceil(math.log(share) / math.log(abs(1 - lr)) - 1e-9)


rows = []
for k in (1, 2, 4, 8, 16, 32):
    ball = 0.05 / (2 - 0.05 * k)
    rows.append((k, ball, k * forget(0.05 * k)))
    print(f"{k:2d} {ball:.5f} {rows[-1][2]:4d}")
