"""What a page shows of a run: printed text, quoted values, drawings; and whether another run shows something else."""

import numpy as np

from downhill.execution import record
from downhill.manuscript import packing

PIXEL = 0.5  # what is drawn nearer than that is drawn at the same place


class Show:
    """What `plt.show` is for a mutant: takes the numbers and the points of each open figure, and closes it."""

    def __init__(self):
        self.figures, self.numbers = [], []

    def __call__(self, *_, **__) -> None:
        import cloudpickle
        import matplotlib.pyplot as plt

        from downhill.execution.figures import marks

        for number in plt.get_fignums():
            copy = cloudpickle.dumps(plt.figure(number))  # as the build does
            self.numbers.append(marks.numbers(cloudpickle.loads(copy)))
            self.figures.append(drawing(plt.figure(number)))
        plt.close("all")


def drawing(figure) -> list:
    """Return what a figure draws, as a list of (what, its points in pixels or its text)."""
    found = []
    for ax in figure.axes:
        limits = " ".join(f"{limit:.4g}" for limit in (*ax.get_xlim(), *ax.get_ylim()))
        found.append(("axes", f"{ax.get_xscale()} {ax.get_yscale()} {limits}"))
        for line in ax.lines:
            found.append(("line", line.get_transform().transform(np.array(line.get_xydata(), dtype=float))))
        for collection in ax.collections:
            found.append(("offsets", collection.get_offset_transform().transform(np.asarray(collection.get_offsets(), float))))
            found += [("path", collection.get_transform().transform(path.vertices)) for path in collection.get_paths()]
        found += [("patch", patch.get_transform().transform(patch.get_path().vertices)) for patch in ax.patches]
        texts = [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label, *(ax.get_legend().get_texts() if ax.get_legend() else ())]
        found += [("text", text.get_text()) for text in texts]
    return found + [("text", text.get_text()) for legend in figure.legends for text in legend.get_texts()]


def observe(printed: str, namespace: dict, show: Show, quotes: list[str]) -> dict:
    """Return all that a page shows of a run: what the record takes, given the quoted expressions, and the drawings."""
    return {"taken": record.taken(packing.saved(namespace), printed, show.numbers, quotes), "figures": show.figures}


def compare(base: dict, seen: dict) -> dict:
    """Return whether a page shows another thing than base, by a text or by half a pixel, and whether the record notices."""
    one, other = ([[what for what, _ in figure] for figure in run["figures"]] for run in (base, seen))
    pairs = [
        (a, b) for f, g in zip(base["figures"], seen["figures"], strict=False) for (_, a), (_, b) in zip(f, g, strict=False)
    ]
    drawn = one != other or any(differ(a, b, PIXEL) for a, b in pairs)
    return {"page": drawn or texts(base) != texts(seen), "record": base["taken"] != seen["taken"]}


def texts(run: dict) -> dict[str, str]:
    """Return what is printed and quoted; the numbers of figures, which the record has too, are compared as drawn."""
    return {place: text for place, text in run["taken"].items() if not place.startswith("figure ")}


def differ(one, other, tolerance: float) -> bool:
    """Return whether two texts, or two arrays of points, are not the same."""
    if isinstance(one, str) or isinstance(other, str):
        return type(one) is not type(other) or one != other
    return one.shape != other.shape or not np.allclose(one, other, rtol=0, atol=tolerance, equal_nan=True)
