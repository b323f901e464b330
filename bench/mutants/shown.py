"""What a page shows of a run: printed text, quoted values, drawings; and whether another run shows something else."""

import numpy as np

from downhill.manuscript import packing, values

PIXEL = 0.5  # what is drawn nearer than that is drawn at the same place


class Show:
    """What `plt.show` is for a mutant: takes the points of each open figure, and closes it."""

    def __init__(self):
        self.figures = []

    def __call__(self, *_, **__) -> None:
        import matplotlib.pyplot as plt

        self.figures += [drawing(plt.figure(number)) for number in plt.get_fignums()]
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


def observe(printed: str, namespace: dict, figures: list, quotes: list[str]) -> dict:
    """Return all that a page shows of a run, given the expressions over its values that the pages quote."""
    unpacked = values.Unpacked(packing.saved(namespace))
    return {"printed": printed, "quoted": [quoted(expression, unpacked) for expression in quotes], "figures": figures}


def quoted(expression: str, unpacked: values.Unpacked) -> str:
    try:
        return values.evaluate(expression, unpacked)
    except Exception as error:  # an expression over values that the mutant does not have
        return f"{type(error).__name__}: {error}"


def compare(base: dict, seen: dict) -> dict:
    """Return whether a page shows another thing than base, and whether the record, which sums drawings up, notices."""
    told = any(base[part] != seen[part] for part in ("printed", "quoted"))
    same_kinds = [[what for what, _ in figure] for figure in base["figures"]] == [
        [what for what, _ in figure] for figure in seen["figures"]
    ]
    pairs = [
        (a[1], b[1])
        for one, other in zip(base["figures"], seen["figures"], strict=False)
        for a, b in zip(one, other, strict=False)
    ]
    drawn = not same_kinds or any(differ(a, b, PIXEL) for a, b in pairs)
    summed = not same_kinds or any(differ(summary(a), summary(b), PIXEL / 10) for a, b in pairs)
    return {"page": told or drawn, "record": told or summed}


def differ(one, other, tolerance: float) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return type(one) is not type(other) or one != other
    return one.shape != other.shape or not np.allclose(one, other, rtol=0, atol=tolerance, equal_nan=True)


def summary(what):
    """Return the numbers by which a record knows a line: its length, ends, extremes, and mean."""
    if isinstance(what, str) or not what.size:
        return what
    with np.errstate(all="ignore"):
        return np.array([len(what) + 0 * what[0], what[0], what[-1], what.min(0), what.max(0), what.mean(0)])
