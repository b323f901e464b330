"""Newton's step from a mini-batch: worst where the batch is as large as the model."""

import matplotlib.pyplot as plt
import numpy as np

d, runs, rng = 20, 1000, np.random.default_rng(0)


def errors(batch):
    """Return the squared length of a step from the minimizer, in each run.

    >>> [abs(means[b] * (b - 21) / 20 - 1) < 0.1 for b in (40, 80, 200, 400)]
    [True, True, True, True]
    >>> abs(means[10] * 9 / 10 - 1) < 0.1, means[20] > 50 * means[40]
    (True, True)
    """
    x, noise = rng.normal(size=(runs, batch, d)), rng.normal(size=(runs, batch, 1))
    if batch < d:  # the step of least length
        turned = x.transpose(0, 2, 1)
        steps = turned @ np.linalg.solve(x @ turned, noise)
    else:
        steps = np.linalg.solve(x.transpose(0, 2, 1) @ x, x.transpose(0, 2, 1) @ noise)
    return (steps**2).sum((1, 2))


batches = [5, 10, 15, 18, 20, 22, 25, 30, 40, 80, 200, 400]
means = {batch: float(errors(batch).mean()) for batch in batches}
b = np.linspace(21.5, 400, 400)
fig, ax = plt.subplots()
ax.loglog(batches, means.values(), "ko")
ax.loglog(b, d / (b - d - 1), "k-", linewidth=1)
ax.loglog(b, d / b, color="0.5", linestyle="--", linewidth=1)
ax.set(xlabel="$B$", ylabel="squared error", xticks=(5, 20, 100, 400))
ax.set_xticklabels(["5", "20", "100", "400"])
plt.show()
