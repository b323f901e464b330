"""Whether words on a figure can be read: their colour against the page, or against the areas on which they stand."""

from collections.abc import Iterator

import numpy as np
from matplotlib import colors
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.quiver import Barbs, Quiver
from matplotlib.text import Text

from downhill.execution.figures.fault import FigureError
from downhill.execution.figures.marks import within
from downhill.execution.figures.theme import on_page

CONTRAST = 3  # with what lies behind it, by WCAG 2.2
INK, PAGE, GRID = "currentColor", "var(--md-default-bg-color)", "var(--fig-grid)"
KINDS = {INK: "#101112", PAGE: "#ffffff", GRID: "#d8d9da"}
MARK = "#0b5fa5"  # for which all others count: a light and a dark page have them far from the page, and near to its ink
SPOKEN = ("autopct", "labelcolor", "labelcolors", "cellColours", "rowColours", "colColours", "bar_label")  # what draws numbers
OPAQUE = 0.5  # the opacity from which on an area hides what lies below it
Rank = tuple[float, ...]  # of two things, the one with the higher is drawn over the other


def check_legible(figure: Figure, texts: list[tuple[Text, str]], renderer) -> None:
    """Raise FigureError for a word whose colour is nearly that of what lies behind it, and for a legend with one twice."""
    _refuse_twice(figure)
    ground = _ground(figure, texts, renderer)
    for (artist, said), behind, covered in zip(texts, ground.colours, ground.covered, strict=True):
        word = f"“{artist.get_text()}” on the figure"
        if covered:
            raise FigureError(f"{word} lies below an area; move it, or give it a higher zorder", said)
        if (patch := artist.get_bbox_patch()) and patch.get_visible():
            behind = _over(patch.get_facecolor(), behind)
        colour = _over(colors.to_rgba(artist.get_color(), artist.get_alpha()), behind)
        if (found := contrast(colour, behind)) < CONTRAST:
            told = f"{word} is hardly told from {'the page' if (behind == 1).all() else 'what lies behind it'}"
            remedy = "move it, or give it another color (on an area \"w\"), no alpha, or bbox=dict(facecolor='w')"
            raise FigureError(f"{told} (a contrast of {found:.1f} to 1, of at least {CONTRAST}); {remedy}", said, *SPOKEN)


def _ground(figure: Figure, texts: list[tuple[Text, str]], renderer) -> "Ground":
    """Return what lies behind the middle of each text, and before it; markers are too small to count."""
    ranked = sorted(_ranked(figure), key=lambda pair: pair[0])
    ranks = {id(artist): rank for rank, artist in ranked}
    boxes = [Text.get_window_extent(artist, renderer) for artist, _ in texts]
    ground = Ground(np.array([(box.min + box.max) / 2 for box in boxes]).reshape(-1, 2))
    for rank, artist in ranked:
        area = isinstance(artist, Patch | Collection) and not isinstance(artist, PathCollection | Quiver | Barbs)
        if area and artist.get_visible():
            ground.below = np.array([ranks.get(id(text), rank) >= rank for text, _ in texts], dtype=bool)
            artist.draw(ground)
    return ground


def _refuse_twice(figure: Figure) -> None:
    """Raise FigureError for a legend that says the same of two things."""
    for legend in figure.findobj(Legend):
        said = [text.get_text() for text in legend.get_texts()] if legend.get_visible() else []
        if twice := next((text for text in said if text.strip() and said.count(text) > 1), None):
            raise FigureError(f"the legend says “{twice}” of two things; give them two labels, or one of them none", twice)


def _ranked(figure: Figure) -> Iterator[tuple[Rank, Artist]]:
    """Yield all that stands on a figure with its rank: that of its axes, then that of the thing there of which it is a part."""
    inner = [*within(figure)]
    for number, place in enumerate([figure, *inner]):
        for index, child in enumerate(place.get_children() if place.get_visible() else ()):
            if child not in inner:
                own = child.get_zorder(), index
                own = (-np.inf, index) if child is place.patch else own
                rank = own if place is figure else (place.get_zorder(), number, *own)
                yield from ((rank, artist) for artist in child.findobj())


class Ground(RendererBase):
    """Draws nothing, and keeps of some points which colours lie there: `colours` are red, green, blue, a row a point.

    `below` says of which points lies below what is drawn next; `covered`, on which an area lies that is drawn above.
    """

    def __init__(self, points: np.ndarray):
        super().__init__()
        self.points, self.colours, self.texts = points, np.ones((len(points), 3)), []  # the last is what words ask for
        self.below, self.covered = np.zeros((2, len(points)), dtype=bool)

    def draw_text(self, *_, **__):
        """Cells of tables draw their words themselves."""

    def draw_path(self, gc, path, transform, rgbFace=None):
        box, (clip, placed) = gc.get_clip_rectangle(), gc.get_clip_path()
        if rgbFace is None:
            return
        there = Path(path.vertices, path.codes).contains_points(self.points, transform)
        if box is not None:
            there &= (box.min <= self.points).all(axis=1) & (self.points <= box.max).all(axis=1)
        if clip is not None:
            there &= clip.contains_points(self.points, placed)
        alpha = gc.get_alpha() if gc.get_forced_alpha() else rgbFace[3] if len(rgbFace) > 3 else 1
        if alpha >= OPAQUE:
            self.covered |= there & ~self.below
        for point in np.flatnonzero(there & self.below):
            self.colours[point] = _over((*rgbFace[:3], alpha), self.colours[point])


def _over(colour: tuple, behind: np.ndarray) -> np.ndarray:
    """Return the colour that is seen where one, with its opacity, lies over another; FigureError if no theme has it."""
    kind = KINDS.get(on_page(colors.to_hex(colour)), MARK)
    return colour[3] * np.array(colors.to_rgb(kind)) + (1 - colour[3]) * behind


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it.

    >>> contrast(np.zeros(3), np.ones(3)), round(contrast(np.full(3, 0.85), np.ones(3)), 1)
    (21.0, 1.4)
    """
    light = sorted((luminance(one), luminance(other)))
    return float((light[1] + 0.05) / (light[0] + 0.05))


def luminance(colour: np.ndarray) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it: from 0, black, to 1, white."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)
