"""Whether a reader sees something of each series: what is drawn with nothing to see, or a label in no legend, is refused."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib import colors
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axes._base import _AxesBase
from matplotlib.axes._secondary_axes import SecondaryAxis
from matplotlib.axis import Axis
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import Collection, PathCollection, PolyCollection
from matplotlib.container import BarContainer, Container, ErrorbarContainer, StemContainer
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.quiver import Barbs, Quiver
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from downhill.execution.figures.fault import FigureError
from downhill.execution.figures.marks import TITLES, collection, within

FAINT, THIN, NEAR = 0.02, 0.05, 0.01  # an opacity, and points, of which less is not seen; points that are one place
LINES, ACROSS = ("plot", "semilogx", "semilogy", "loglog", "step"), ("axhline", "axvline", "axline", "Line2D")
AXES = ("subplots", "subplot", "add_subplot", "subplot_mosaic", "axes", "add_axes", "inset_axes", "twinx", "twiny")
KINDS = {  # of an artist: what a reader calls it, and the calls that draw it
    ContourSet: ("contours", ("contour", "contourf", "tricontour", "tricontourf")),
    Quiver: ("arrows", ("quiver",)),
    Barbs: ("barbs", ("barbs",)),
    PathCollection: ("markers", ("scatter",)),
    PolyCollection: ("fill", ("fill_between", "fill_betweenx", "stackplot")),
    Collection: ("lines", ("hlines", "vlines", "eventplot", "LineCollection")),
    Line2D: ("line", LINES),
    BarContainer: ("bars", ("bar", "barh", "hist")),
    StemContainer: ("stems", ("stem",)),
    Container: ("error bars", ("errorbar",)),
    Patch: ("shape", ("fill", "axhspan", "axvspan", "arrow", "add_patch", "add_artist", "hist", "stairs")),
}


@dataclass(frozen=True)
class Series:
    """What a reader takes for one thing: its artists, what made it if that is no artist, and its label, if it has one."""

    artists: list[Artist]
    made: Artist | Container
    label: str = ""


def check_firm(figure: Figure) -> None:
    """Raise FigureError for lines that are drawn as by hand: they lie beside the numbers that they tell."""
    if any(artist.get_sketch_params() for artist in figure.findobj()):
        calls = "sketch_params", "set_sketch_params", "xkcd"
        raise FigureError(f"the figure is drawn as by hand, beside its numbers; leave {' or '.join(calls)} out", *calls)


def check_seen(figure: Figure, texts: list[tuple[Text, str]]) -> None:
    """Raise FigureError for a series of which nothing is seen, or whose label no drawn text says, and for empty axes."""
    said = {text for _, text in texts}
    for place in (figure, *within(figure)):
        if place.get_visible() and not hasattr(place, "_colorbar"):
            for series in _series(place):
                _refuse(series, figure, said)
    _refuse_empty(figure)


def _refuse_empty(figure: Figure) -> None:
    """Raise FigureError for axes around nothing, and for a figure with nothing on it."""
    shown = [axes for axes in within(figure) if axes.get_visible() and not isinstance(axes, SecondaryAxis)]
    framed = [axes for axes in shown if axes.axison and not hasattr(axes, "_colorbar")]
    for number, axes in enumerate(framed, 1):
        if not any(_holds(twin, figure) for twin in axes._twinned_axes.get_siblings(axes)):
            which = f"axes {number} of {len(framed)} on the figure" if framed[1:] else "the figure's axes"
            raise FigureError(f"nothing is drawn in {which}; draw there, or take them away: ax.remove()", sole=AXES)
    if not framed and not any(_holds(place, figure) for place in (figure, *shown)):
        raise FigureError("nothing is drawn on the figure; draw there, or leave plt.show() out", sole=("figure", *AXES))


def _holds(place: Figure | Axes, figure: Figure) -> bool:
    """Return whether something is seen between axes, or on a figure beside them, that is no frame and no word about them."""
    frame = {place.patch, *(getattr(place, name, None) for name in TITLES)}
    for artist in place.get_children():
        if artist in frame or not artist.get_visible() or isinstance(artist, _AxesBase | Axis | Spine):
            continue
        if isinstance(artist, Text) and not (artist.get_text() or getattr(artist, "arrow_patch", None)):
            continue
        if not isinstance(artist, Line2D | Collection | Patch) or _draws(artist, Eye(figure.bbox, "")):
            return True
    return False


def _series(place: Figure | Axes) -> Iterator[Series]:
    """Yield what axes, or a figure beside them, show: each label alone; of the rest, neighbours that look alike are one."""
    parts = set()
    for container in getattr(place, "containers", ()):
        if isinstance(container, Container):  # that of a pie has wedges with texts of their own
            held = [each for each in container.get_children() if each is not getattr(container, "baseline", None)]
            parts.update(container.get_children())
            yield Series(held, container, _label(container))
            bars = container.lines[2] if isinstance(container, ErrorbarContainer) else ()
            yield from (Series([each], container) for each in bars if not _numbers(each).any())  # of length 0 they are none
    ours = [child for child in place.get_children() if isinstance(child, Line2D | Collection | Patch)]
    ours = [child for child in ours if child not in parts and child is not place.patch]
    for _, group in itertools.groupby(ours, _alike):
        group = list(group)
        yield Series(group, group[0], _label(group[0]))


def _alike(artist: Artist) -> object:
    """Return what artists have in common that a reader takes for one thing, as the lines of a bundle."""
    if _label(artist) or isinstance(artist, Collection):
        return artist
    if not isinstance(artist, Line2D):
        return type(artist)
    return type(artist), _across(artist), colors.to_hex(artist.get_color())


def _across(artist: Artist | Container) -> bool:
    """Return whether a line is drawn as that of axhline is, and not as those of plot."""
    return isinstance(artist, Line2D) and (artist.axes is None or artist.get_transform() is not artist.axes.transData)


def _label(artist: Artist | Container) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


def _refuse(series: Series, figure: Figure, said: set[str]) -> None:
    """Raise FigureError where nothing is seen of a series, or no text says its label."""
    shown = [artist for artist in series.artists if artist.get_visible()]
    label, (kind, calls) = series.label, next(KINDS[each] for each in KINDS if isinstance(series.made, each))
    calls = ACROSS if _across(series.made) else calls
    if not shown and label not in said:
        return  # what a program hides, and no legend names, is not meant to be seen
    if not label and all(_empty(artist) and not isinstance(artist, PolyCollection) for artist in shown):
        return  # as the points beyond a box plot's whiskers; a fill of nothing may be one of NaN
    if why := _unseen(series, shown, figure):
        what = f"“{label}”" if label else f"the {kind}"
        raise FigureError(f"nothing is seen of {what} on the figure: {why}", *([label] if label else []), sole=calls)
    if label and label not in said:
        sentence = f"“{label}” is the label of a series, and no legend says it; call ax.legend(), or leave the label out"
        raise FigureError(sentence, label, sole=calls)


def _unseen(series: Series, shown: list[Artist], figure: Figure) -> str:
    """Return why nothing is seen of a series, and what to do; nothing where something may be seen."""
    if not shown:
        return "it is hidden (visible=False), and a legend names it; leave the label out"
    if any(_draws(artist, Eye(figure.bbox, series.label)) for artist in shown):
        return ""
    if all(map(_empty, shown)):
        if isinstance(series.made, PolyCollection):
            return "it is empty (NaN, or a where= that holds nowhere)"
        return "it has no points; give a legend an entry without them as Line2D, in handles="
    if isinstance(series.made, ContourSet) and not any(len(path.vertices) for path in series.made.get_paths()):
        return "none of its levels is reached"
    finite = [_numbers(artist) for artist in shown if not isinstance(artist, Patch)]
    if finite and not any(each.any() for each in finite):
        return "none of its points has two numbers (NaN, infinite, or masked)"
    if any(_draws(artist, Eye(None, series.label)) for artist in shown):
        return "it lies outside of the limits of its axes, or of what it is clipped to; widen them, or leave it out"
    lines = [each for artist, each in zip(shown, finite, strict=False) if isinstance(artist, Line2D)]
    if lines and not any((each[1:] & each[:-1]).any() for each in lines):
        return "a line needs two neighbouring points; give single ones a marker"
    if isinstance(series.made, BarContainer):
        return "none of its bars has a height; give them an edgecolor, which shows a height of 0 as a line"
    return "it has no extent or no colour (alpha, color, linewidth, markersize, two equal curves)"


def _numbers(artist: Line2D | Collection) -> np.ndarray:
    """Return which points of a line, markers, or the corners of other things have two numbers."""
    if isinstance(artist, Line2D):
        places = artist.get_xydata()
    else:
        places = np.column_stack([values for channel, values in collection(artist) if channel in ("x", "y")])
    return np.isfinite(np.ma.filled(np.ma.asarray(places, dtype=float), np.nan)).all(axis=1)


def _empty(artist: Artist) -> bool:
    """Return whether an artist has nothing to draw."""
    if isinstance(artist, Line2D):
        return not len(artist.get_xdata(orig=False))
    return isinstance(artist, Collection) and (not len(artist.get_paths()) or not len(artist.get_offsets()))


def _draws(artist: Artist, eye: "Eye") -> bool:
    """Return whether an artist draws something that the eye sees."""
    try:
        artist.draw(eye)
    except Seen:
        return True
    return False


class Seen(Exception):
    """Something is seen."""


class Eye(RendererBase):
    """Draws nothing, and raises Seen where something of it would be seen on a canvas; or anywhere, without one."""

    def __init__(self, canvas: Bbox | None, labelled: str):
        super().__init__()
        self.canvas, self.labelled = canvas, labelled

    def draw_path(self, gc, path, transform, rgbFace=None):
        window = self._window(gc)
        if window is None:
            return
        parts = _parts(path, transform)
        if gc.get_linewidth() > THIN and self._coloured(gc, gc.get_rgb()):
            pad = gc.get_linewidth() / 2
            dots = gc.get_capstyle() != "butt"  # a line to where it begins is one
            if any(_crosses(part, window.padded(pad)) and (dots or np.ptp(part, axis=0).any()) for part in parts):
                raise Seen
        if (gc.get_hatch() or rgbFace is not None and self._coloured(gc, rgbFace)) and any(
            window.overlaps(Bbox([part.min(axis=0), part.max(axis=0)])) and _covers(part) for part in parts
        ):
            raise Seen

    def draw_image(self, *_, **__):
        raise Seen

    def draw_text(self, *_, **__):
        raise Seen

    def _window(self, gc) -> Bbox | None:
        """Return where something is seen; None where nothing is."""
        if self.canvas is None:
            return Bbox([[-np.inf, -np.inf], [np.inf, np.inf]])
        window, (path, transform) = self.canvas, gc.get_clip_path()
        for box in (gc.get_clip_rectangle(), None if path is None else path.get_extents(transform)):
            window = window if window is None or box is None else Bbox.intersection(window, box)
        return window

    def _coloured(self, gc, colour) -> bool:
        """Return whether a colour is seen; the page's own is not, where a legend is to tell of it."""
        alpha = gc.get_alpha() if gc.get_forced_alpha() else colour[3] if len(colour) > 3 else 1
        return alpha > FAINT and not (self.labelled and colors.to_hex(colour) == "#ffffff")


def _parts(path: Path, transform) -> list[np.ndarray]:
    """Return the pieces of a path, their corners on the canvas a row each, without those that are no numbers."""
    clean = path.cleaned(transform=transform, remove_nans=True, curves=False, simplify=False)
    drawn = clean.codes != Path.STOP
    vertices, codes = clean.vertices[drawn], clean.codes[drawn]
    parts = []
    for part in np.split(np.arange(len(codes)), np.flatnonzero(codes == Path.MOVETO)[1:]):
        corners = vertices[part]
        corners[codes[part] == Path.CLOSEPOLY] = corners[:1]
        parts.append(corners)
    return [part for part in parts if len(part) > 1]


def _crosses(part: np.ndarray, window: Bbox) -> bool:
    """Return whether one of the lines between corners may lie in a window, as its own box does."""
    low, high = np.minimum(part[:-1], part[1:]), np.maximum(part[:-1], part[1:])
    return len(part) > 1 and bool(((high >= window.min) & (low <= window.max)).all(axis=1).any())


def _covers(part: np.ndarray) -> bool:
    """Return whether an area lies between the lines of a piece: not if each is drawn back, or all lie on one level."""
    if (np.ptp(part, axis=0) < NEAR).any():
        return False
    corners = [tuple(corner) for corner in np.round(part / NEAR).astype(int).tolist()]
    lines = Counter(itertools.pairwise([*corners, corners[0]]))
    return any(lines[a, b] != lines[b, a] for a, b in lines)
