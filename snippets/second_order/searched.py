"""L-BFGS of PyTorch without a line search, and with the one that it has."""

import torch


def bowl(x):
    return (1 + x @ x).sqrt()


def rosenbrock(x):
    return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2


def losses(loss, start, **options):
    """Return the loss wherever it was asked for in one call of step().

    >>> [len(row) for row in rows], [f"{max(row):.1f}" for row in rows[1::2]]
    ([8, 12, 62, 43], ['42.4', '130.9'])
    >>> [f"{loss:.3g}" for loss in rows[0][:5]], max(rows[2]) > 1e7, rows[2][-1] < 1e-9
    (['28.3', '27.6', '2.18e+04', '1.09e+04', '3.44e+12'], True, True)
    >>> [len(losses(rosenbrock, (-1.2, 1.0), line_search_fn=how)) for how in searches]
    [20, 25]
    """
    x, seen = torch.tensor(start, dtype=torch.float64, requires_grad=True), []
    optimizer = torch.optim.LBFGS([x], **options)

    def closure():
        optimizer.zero_grad()
        value = loss(x)
        value.backward()
        seen.append(value.item())
        return value

    optimizer.step(closure)
    return seen


searches, rows = (None, "strong_wolfe"), []
for loss, start, most in ((bowl, (20.0, 20.0), 8), (rosenbrock, (-1.2, 1.0), 400)):
    for how, n in zip(searches, (most, 400), strict=True):
        rows.append(losses(loss, start, line_search_fn=how, max_iter=100, max_eval=n))
        print(f"{len(rows[-1]):3d} {max(rows[-1]):8.1e} {rows[-1][-1]:8.1e}")
