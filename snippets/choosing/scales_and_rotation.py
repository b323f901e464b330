"""Which method does well depends on the axes: a valley along them, and turned."""

import numpy as np

turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)


def losses(method, lr, hessian, x, steps=300):
    """Return the loss after each step from x.

    >>> [f"{losses(k, 0.1, 3 * np.eye(2), np.ones(2), 2)[-1]:.6f}" for k in methods]
    ['0.720300', '0.145200', '1.921979']
    >>> f"{losses('Adam', 0.1, 1e-8 * np.eye(2), np.ones(2), 1)[0]:.6e}"
    '9.025000e-09'
    """
    m, s, found = np.zeros_like(x), np.zeros_like(x), []
    for t in range(1, steps + 1):
        g = hessian @ x
        m, s = (0.9 if method != "GD" else 0) * m + g, 0.999 * s + 0.001 * g**2
        scale = 0.1 / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        x = x - lr * (m * scale if method == "Adam" else m)
        found.append((0.5 * x * (hessian @ x)).sum(0))
    return found


def best(method, condition, turned=False):
    """Return, at the best of many rates, the largest loss of the last 40 steps.

    >>> [f"{table[k][0] / table[k][2]:.4f}" for k in ("GD", "momentum")]
    ['1.0000', '1.0000']
    >>> f"{table['Adam'][1] / table['Adam'][0] / (100_001 / 1001):.3f}"
    '1.000'
    >>> [f"{loss:.1e}" for loss in table["momentum"] + table["Adam"]]
    ['1.5e-09', '4.2e-01', '1.5e-09', '2.8e-10', '2.8e-08', '2.5e-03']
    """
    q, lr = turn if turned else np.eye(2), 10 ** np.linspace(-7, 1, 161)
    valley = q @ np.diag([1.0, condition]) @ q.T
    with np.errstate(over="ignore", invalid="ignore"):
        found = losses(method, lr, valley, q @ np.ones((2, len(lr))))
    return float(np.nanmin(np.max(found[-40:], axis=0)))


methods, cases = ("GD", "momentum", "Adam"), ((1e3,), (1e5,), (1e3, True))
table = {method: [best(method, *case) for case in cases] for method in methods}
print(*(f"{k:9}{a:9.1e}{b:9.1e}{c:9.1e}" for k, (a, b, c) in table.items()), sep="\n")
