"""The learning rate that gives a noise ball of a wanted size, and its price."""

from math import ceil, log


def rate(ball, curvature=1.0, sigma=1.0):
    """Return the learning rate whose stationary variance is ball.

    >>> lr = rate(0.01, curvature=3.0, sigma=2.0)
    >>> abs(lr * 2.0**2 / (3.0 * (2 - lr * 3.0)) - 0.01) < 1e-12
    True
    """
    return 2 * curvature * ball / (sigma**2 + curvature**2 * ball)


def steps(ball, x0=10.0, curvature=1.0):
    """Return the steps until the squared mean, from x0, is below the ball.

    >>> prices, steps(0.01, x0=1.0, curvature=3.0)
    ([18, 231, 2879], 38)
    """
    return ceil(log(ball / x0**2) / (2 * log(1 - rate(ball) * curvature)))


balls = [0.1, 0.01, 0.001]
rates, prices = [rate(ball) for ball in balls], [steps(ball) for ball in balls]
for ball, lr, price in zip(balls, rates, prices, strict=True):
    print(f"{ball:.3f} {lr:.6f} {price:5d}")
