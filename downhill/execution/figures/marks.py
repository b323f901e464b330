"""What a figure draws, in numbers: each line, marker set, bar, fill, contour, arrow, and its axes; no style, no pixels."""

import itertools
import math
from collections import Counter

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes._base import _AxesBase
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure, FigureBase
from matplotlib.lines import AxLine, Line2D
from matplotlib.offsetbox import OffsetBox
from matplotlib.patches import ConnectionPatch, FancyArrowPatch, Patch
from matplotlib.path import Path
from matplotlib.quiver import Barbs, Quiver
from matplotlib.spines import Spine
from matplotlib.table import Table
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import IdentityTransform

DIGITS = 6  # significant ones: more than a figure shows, fewer than rounding errors touch
TITLES = ("_left_title", "title", "_right_title")
NOTHING = 1e-12  # beside the greatest, on an axis that is not logarithmic: what is smaller is rounding error


def numbers(figure: Figure) -> dict[str, str]:
    """Return what a figure draws, as `{place: numbers}`, such as `{"axes 1 line 1 y": "2: 0 to 1.5, least 0, …"}`."""
    found = {f"words {number}": text for number, text in enumerate(_words(figure), 1)}
    for number, axes in enumerate(within(figure), 1):
        found |= {f"axes {number} {place}": text for place, text in _axes(axes)}
    return found


def _words(figure: FigureBase):
    """Yield the texts of a figure that stand outside its axes."""
    for child in figure.get_children():
        if isinstance(child, FigureBase):
            yield from _words(child)
        elif not isinstance(child, _AxesBase):
            yield from filter(None, (text.get_text() for text in child.findobj(Text)))


def within(parent: Figure | _AxesBase):
    """Yield the axes of a figure, and those inside them."""
    for axes in parent.axes if isinstance(parent, Figure) else parent.child_axes:
        yield axes
        yield from within(axes)


def _axes(axes: _AxesBase):
    """Yield (place, numbers) of what one pair of axes shows."""
    for name, axis, limits in (("x", axes.xaxis, axes.get_xlim()), ("y", axes.yaxis, axes.get_ylim())):
        yield name, f"{_number(limits[0])} to {_number(limits[1])}, {axis.get_scale()}"
        if ticks := _ticks(axis):
            yield f"{name} ticks", ticks
    legend = axes.get_legend()
    titles = [title for name in TITLES if (title := getattr(axes, name, None))]  # a secondary axis has none
    texts = [*titles, axes.xaxis.label, axes.yaxis.label, *(legend.get_texts() if legend else [])]
    if words := " | ".join(filter(None, (text.get_text() for text in texts))):
        yield "words", words
    bars = [container for container in axes.containers if isinstance(container, BarContainer)]
    for number, container in enumerate(bars, 1):
        for channel, values in _bars(container):
            yield f"bars {number} {channel}", summary(values)
    apart = {axes.patch, legend, *titles, *itertools.chain(*bars)}
    yield from _artists([child for child in axes.get_children() if child not in apart])


def _artists(artists: list[Artist]):
    """Yield (place, numbers) of artists, each kind counted on its own; patches of one kind that follow each other are one."""
    counted = Counter()
    ours = [artist for artist in artists if artist.get_visible() and not isinstance(artist, _AxesBase | Axis | Spine)]
    for kind, group in itertools.groupby(ours, lambda artist: artist if not isinstance(artist, Patch) else type(artist)):
        group = list(group)
        channels = list(_channels(group))
        if not channels:
            continue
        name = _name(group[0]) if not isinstance(kind, type) else f"patches {kind.__name__}"
        counted[name] += 1
        for channel, values in channels:
            text = values if isinstance(values, str) else summary(values, channel in _logarithmic(group[0]))
            yield f"{name} {counted[name]} {channel}", text


def _logarithmic(artist: Artist) -> str:
    """Return the channels, of x and y, whose axis tells a small number from nothing."""
    return "".join(name for name in "xy" if getattr(artist.axes, f"get_{name}scale")() != "linear")


def _name(artist: Artist) -> str:
    """Return what a reader calls a kind of artist."""
    kinds = {ContourSet: "contours", PathCollection: "markers", PolyCollection: "fill", LineCollection: "lines"}
    kinds = {Line2D: "line", Quiver: "arrows", Barbs: "barbs", Text: "text"} | kinds
    return next((name for kind, name in kinds.items() if isinstance(artist, kind)), type(artist).__name__)


def _channels(group: list[Artist]):
    """Yield (channel, its values) of an artist, or of patches together."""
    artist = group[0]
    if isinstance(artist, Patch):
        yield from zip("xyuv", np.concatenate([_patch(patch) for patch in group]).T, strict=False)
    elif isinstance(artist, AxLine):
        through, end = artist.get_xy1(), artist.get_xy2()
        yield "x", [through[0]] if end is None else [through[0], end[0]]
        yield "y", [through[1]] if end is None else [through[1], end[1]]
        if end is None:
            yield "slope", [artist.get_slope()]
    elif isinstance(artist, Line2D):
        yield "x", artist.get_xdata(orig=False)
        yield "y", artist.get_ydata(orig=False)
    elif isinstance(artist, Collection):
        yield from collection(artist)
    elif isinstance(artist, Text):
        if artist.get_text() or getattr(artist, "arrow_patch", None):  # an arrow between two places has no text
            places = [artist.get_position()] + ([artist.xy] if isinstance(artist, Annotation) else [])
            yield "at", f"{artist.get_text()} | {', '.join(_number(value) for place in places for value in place)}"
    elif hasattr(artist, "get_array"):
        yield "values", np.ravel(artist.get_array())
    elif isinstance(artist, Table):
        for place, cell in sorted(artist.get_celld().items()):
            yield f"cell {place}", cell.get_text().get_text()
    elif isinstance(artist, OffsetBox) or artist.get_children():
        for number, text in enumerate(filter(Text.get_text, artist.findobj(Text)), 1):
            yield f"text {number}", text.get_text()


def _bars(container: BarContainer):
    """Yield (channel, values) of a set of bars."""
    for channel in ("x", "y", "width", "height"):
        yield channel, [getattr(bar, f"get_{channel}")() for bar in container]


def _patch(patch: Patch) -> np.ndarray:
    """Return the corners of a patch, a row each; of an arrow, where it begins and how far it goes."""
    if not isinstance(patch, FancyArrowPatch):
        return _corners(patch.get_path().transformed(patch.get_patch_transform()))
    ends = (patch.xy1, patch.xy2) if isinstance(patch, ConnectionPatch) else patch._posA_posB
    ends = [patch._path_original.vertices[place] for place in (0, -1)] if ends is None else ends
    return np.array([[*ends[0], *np.subtract(ends[1], ends[0])]], dtype=float)


def _corners(path: Path) -> np.ndarray:
    return path.vertices if path.codes is None else path.vertices[path.codes != Path.CLOSEPOLY]


def collection(artist: Collection):
    """Yield (channel, values) of markers at their places, or of the corners of what is drawn; then of what colours them."""
    if isinstance(artist, QuadMesh):
        places = artist.get_coordinates().reshape(-1, 2)
    elif isinstance(artist.get_offset_transform(), IdentityTransform):
        places = np.concatenate([_corners(path) for path in artist.get_paths()] or [np.empty((0, 2))])
    else:
        places = artist.get_offsets()
    yield "x", np.ma.filled(np.ma.asarray(places, dtype=float), np.nan)[:, 0]
    yield "y", np.ma.filled(np.ma.asarray(places, dtype=float), np.nan)[:, 1]
    if isinstance(artist, Quiver | Barbs):
        yield "u", artist.U if isinstance(artist, Quiver) else artist.u
        yield "v", artist.V if isinstance(artist, Quiver) else artist.v
    elif hasattr(artist, "get_sizes") and np.size(artist.get_sizes()) > 1:
        yield "size", artist.get_sizes()
    if hasattr(artist, "levels"):
        yield "levels", artist.levels
    elif artist.get_array() is not None:
        yield "colour", np.ravel(artist.get_array())


def _ticks(axis: Axis) -> str:
    """Return where the ticks of an axis are and what they say, if its program sets them."""
    locator = axis.get_major_locator()
    if not isinstance(locator, FixedLocator | StrCategoryLocator):
        return ""
    places = list(locator())
    words = axis.get_major_formatter().format_ticks(places)
    return ", ".join(f"{_number(place)} “{word}”" for place, word in zip(places, words, strict=True))


def summary(values, small: bool = False) -> str:
    """Return the count, first, last, least, greatest and mean of numbers, as text; whether `small` ones are told from nothing.

    >>> summary([3, 1, 2])
    '3: 3 to 2, least 1, greatest 3, mean 2'
    >>> summary([1.0, float("nan"), 2.0])
    '3 (1 not finite): 1 to 2, least 1, greatest 2, mean 1.5'
    """
    try:
        flat = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel()
    except (TypeError, ValueError):  # dates and categories
        return ", ".join(map(str, values))
    finite = flat[np.isfinite(flat)].tolist()
    count = f"{len(flat)}" + (f" ({len(flat) - len(finite)} not finite)" if len(finite) < len(flat) else "")
    if not finite:
        return count
    least, greatest, mean = min(finite), max(finite), math.fsum(finite) / len(finite)
    nothing = 0.0 if small else NOTHING * max(-least, greatest)
    told = [_number(value if abs(value) > nothing else 0.0) for value in (finite[0], finite[-1], least, greatest, mean)]
    return "{}: {} to {}, least {}, greatest {}, mean {}".format(count, *told)


def _number(value: float) -> str:
    """Return a number to six significant digits, and zero without a sign; a date or a category as it is."""
    try:
        return f"{float(value) + 0.0:.{DIGITS}g}"
    except (TypeError, ValueError):
        return str(value)
