"""The learning rate that gives a noise ball of a wanted size, and its price."""

from math import ceil, log


def rate(ball, curvature=1.0, sigma=1.0):
    """Return the learning rate whose stationary variance is ball.

    >>> lr = rate(0.01)
    >>> abs(lr * 1.0**2 / (1.0 * (2 - lr * 1.0)) - 0.01) < 1e-12
    True
    """
    return 2 * curvature * ball / (sigma**2 + curvature**2 * ball)


def steps(ball, x0=10.0, curvature=1.0):
    """Return the steps until the squared mean, from x0, is below the ball.

    >>> prices
    [18, 231, 2879]
    """
    return ceil(log(ball / x0**2) / (2 * log(1 - rate(ball) * curvature)))


balls = [0.1, 0.01, 0.001]
rates, prices = [rate(ball) for ball in balls], [steps(ball) for ball in balls]
for ball, lr, price in zip(balls, rates, prices, strict=True):
    print(f"{ball:.3f} {lr:.6f} {price:5d}")
