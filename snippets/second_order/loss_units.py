"""Multiply the loss by a number: L-BFGS of PyTorch stops elsewhere, or at once."""

import torch


def minimize(unit, **tolerances):
    """Return the evaluations, and how far the point then is from (1, 1).

    >>> table[4][:2], table[0][1] < 1e-7 < table[2][1] < 1e-3 < table[3][1] < 0.5
    ((1, 2.2), True)
    >>> all(40 < row[0] < 50 for row in table[:4]), all(row[3] < 1e-6 for row in table)
    (True, True)
    >>> table[2][2] < 60, table[3][2] > 100
    (True, True)
    """
    x, count = torch.tensor([-1.2, 1.0], dtype=torch.float64, requires_grad=True), 0
    optimizer = torch.optim.LBFGS(
        [x], max_iter=400, max_eval=800, line_search_fn="strong_wolfe", **tolerances
    )

    def closure():
        nonlocal count
        count += 1
        optimizer.zero_grad()
        loss = unit * (100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2)
        loss.backward()
        return loss

    optimizer.step(closure)
    return count, (x - 1).norm().item()


units, off = (1e6, 1e3, 1.0, 1e-6, 1e-8), {"tolerance_grad": 0, "tolerance_change": 0}
table = [(*minimize(unit), *minimize(unit, **off)) for unit in units]
for unit, row in zip(units, table, strict=True):
    print(f"{unit:.0e} {row[0]:4d} {row[1]:8.1e} {row[2]:4d} {row[3]:8.1e}")
