"""Which method wins depends on the coordinates: a valley along the axes, and turned."""

import numpy as np

turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)


def final_loss(method, lr, hessian, x, steps=300):
    """Return the loss after some steps from x.

    >>> [round(final_loss(k, 0.1, 3 * np.eye(2), np.ones(2), 2), 6) for k in methods]
    [0.7203, 0.1452, 1.921979]
    """
    m = s = np.zeros(2)
    for t in range(1, steps + 1):
        g = hessian @ x
        m, s = (0.9 if method != "GD" else 0) * m + g, 0.999 * s + 0.001 * g**2
        scale = 0.1 / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        x = x - lr * (m * scale if method == "Adam" else m)
    return float(0.5 * x @ hessian @ x)


def best(method, turned, curvature=(1.0, 1000.0)):
    """Return the smallest final loss over a grid of learning rates.

    >>> [abs(a / b - 1) < 1e-6 for a, b in (table["GD"], table["momentum"])]
    [True, True]
    >>> table["Adam"][0] < 1e-15 < table["momentum"][0] < 1e-8 < table["Adam"][1]
    True
    >>> f"{table['GD'][0]:.2f} {table['momentum'][0]:.1e} {table['Adam'][1]:.1e}"
    '0.17 1.9e-12 6.6e-04'
    """
    q = turn if turned else np.eye(2)
    valley = q @ np.diag(curvature) @ q.T
    with np.errstate(over="ignore", invalid="ignore"):
        grid = 10 ** np.linspace(-5, 1, 121)
        return min(final_loss(method, lr, valley, q @ np.ones(2)) for lr in grid)


methods = ("GD", "momentum", "Adam")
table = {
    method: [best(method, turned) for turned in (False, True)] for method in methods
}
print(*(f"{name:9}{a:9.1e}{b:9.1e}" for name, (a, b) in table.items()), sep="\n")
