"""From a question to a method: follow the arrows."""

import matplotlib.pyplot as plt

asked = [(0, 8), (0, 6), (0, 4), (0, 2)]
given = [(1, 8), (1, 6), (1, 4), (1, 2), (0, 0)]
box = {"ha": "center", "va": "center", "fontsize": 10}


def arrows(asked, given):
    """Return the arrows, as pairs of places: to the answers, and to the next question.

    >>> len(arrows(asked, given)), arrows(asked, given)[-1]
    (8, ((0, 2), (0, 0)))
    """
    right = list(zip(asked, given, strict=False))
    return right + list(zip(asked, [*asked[1:], given[-1]], strict=True))


fig, ax = plt.subplots(figsize=(4.8, 6.4))
for (x, y), (to_x, to_y) in arrows(asked, given):
    start = (x + 0.32, y) if to_x > x else (x, y - 0.55)
    end = (to_x - 0.32, to_y) if to_x > x else (to_x, to_y + 0.55)
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": "0.5"})
for x, y in asked:
    ax.text(x + 0.5, y + 0.12, "yes", ha="center", va="bottom")
    ax.text(x + 0.04, y - 1, "no", va="center")
for x, y in asked + given:
    style = {"linewidth": 1.0 if (x, y) in asked else 2.4, "color": "0.5"}
    ax.add_patch(plt.Rectangle((x - 0.32, y - 0.55), 0.64, 1.1, fill=False, **style))
ax.text(0, 8, "A recipe for\nthis model\nexists?", **box)
ax.text(1, 8, "Its optimizer,\nyour own\nrate grid", **box)
ax.text(0, 6, "All the data in\none step is\ncheap?", **box)
ax.text(1, 6, "L-BFGS,\nor GD below\nthe edge", **box)
ax.text(0, 4, "Transformer,\nor rare words?", **box)
ax.text(1, 4, "AdamW,\nwarm-up,\ncosine", **box)
ax.text(0, 2, "No time\nto tune?", **box)
ax.text(1, 2, "Adam at 3e-4,\nthen a grid", **box)
ax.text(0, 0, "SGD, momentum\n0.9, rate grid,\ncosine", **box)
ax.set(xlim=(-0.36, 1.36), ylim=(-0.7, 8.7))
ax.axis("off")
plt.show()
