"""The texts of a drawing: each in the page's language, in the page's font, inside the figure, and beside the others."""

import contextlib
import unicodedata

import numpy as np
from matplotlib import colors
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from downhill.execution.figures import hanzi_box
from downhill.execution.figures.fault import FigureError
from downhill.execution.figures.marks import within
from downhill.execution.figures.seen import FAINT
from downhill.execution.figures.style import LEAST, WIDEST
from downhill.manuscript import figure_text, localize

PAGE_FONTS = (["DejaVu Sans", hanzi_box.NAME], ["sans-serif"])  # as which the page's own font is measured
TALLEST = 8.0  # inches that a figure is high: 600 pixels on a phone of 360, which has 640
OUTSIDE, OVERLAP = 3, 0.25  # points that a text may stand out of its figure, part of a text that another may cover


@contextlib.contextmanager
def in_language(translation: dict[str, str], source: str):
    """Within it matplotlib lays out and draws each text in another language; FigureError names one that has no translation."""
    get_text, draw = Text.get_text, Text.draw

    def translated(artist: Text) -> str:
        return translation.get(text := get_text(artist), text)

    def checked(artist: Text, renderer) -> None:
        if artist.get_visible() and (text := get_text(artist)):
            _refuse(artist, text, translation, source)
            renderer.texts.append((artist, text))
        draw(artist, renderer)

    Text.get_text, Text.draw = translated, checked
    try:
        yield
    finally:
        Text.get_text, Text.draw = get_text, draw


def _refuse(artist: Text, text: str, translation: dict[str, str], source: str) -> None:
    """Raise FigureError where a text that is about to be drawn cannot be right on a page."""
    if sentence := figure_text.fault(text) or _untranslated(text, translation, source) or _undrawable(artist, text):
        raise FigureError(sentence, text)


def _untranslated(text: str, translation: dict[str, str], source: str) -> str | None:
    """Return why a text that stands on a figure has no translation; None if it has one, or needs none."""
    if text in translation or not figure_text.has_words(text):
        return None
    if text in {word.text for word in localize.words(source) if word.kind == "figure"}:
        return f"the catalogue has no translation of “{text}”; run `make translate`, then fill it in"
    if figure_text.composition(source, text):
        return figure_text.put_together(text)
    return f"“{text}” stands on the figure, but is no literal that can be translated; {figure_text.TRANSLATED}"


def _undrawable(artist: Text, text: str) -> str | None:
    """Return why the page's font cannot show a text; None if it can."""
    strange = [c for c in text if unicodedata.category(c) in ("Co", "Cs", "Cc", "Cn") and c != "\n"]
    if strange:
        return f"the text {text!a} on the figure holds the character U+{ord(strange[0]):04X}, which no font has"
    if [*(family := artist.get_fontfamily())] not in PAGE_FONTS:
        return f"“{text}” on the figure is set in {', '.join(family)}; leave the font out: a figure has the page's"
    if artist.get_path_effects() and not figure_text.mathematics(text):
        return f"path_effects would draw “{text}” as shapes in another font; set it off by bbox=dict(facecolor='w') instead"
    if (alpha := artist.get_alpha()) is not None and alpha <= FAINT or colors.to_rgba(artist.get_color())[3] <= FAINT:
        return f"“{text}” on the figure has no colour that is seen (alpha, color); leave it out, or let it be seen"
    return None


def check_places(figure: Figure, texts: list[tuple[Text, str]], renderer) -> None:
    """Raise FigureError where a text is too small for a phone, is cut off, or runs out of the figure, or over another one."""
    _refuse_size(*figure.get_size_inches(), bool(texts))
    for artist, said in texts:
        if (size := artist.get_fontsize()) < LEAST:
            raise FigureError(f"“{artist.get_text()}” is {size:g} points high, too small for a phone; at least are 10", said)
    _refuse_left_out(figure, {artist for artist, _ in texts}, renderer)
    boxes = [(artist, said, Text.get_window_extent(artist, renderer)) for artist, said in texts]
    for artist, said, box in boxes:
        if not np.isfinite(box.extents).all():
            raise FigureError(f"“{artist.get_text()}” stands nowhere on the figure: its place is no number", said)
        if _cut_off(artist, box):
            raise FigureError(
                f"“{artist.get_text()}” is cut off at the edge of its axes (clip_on); move it inside, or leave clip_on out",
                said,
            )
        if not _inside(box, figure.bbox):
            raise FigureError(
                f"“{artist.get_text()}” runs out of the figure; shorten it, break it by \\n, or change the figsize",
                said,
            )
    for artist, said, box in boxes:
        for other, _, place in boxes:
            if other is not artist and artist.get_text() != other.get_text() and _covered(artist, box, other, place):
                raise FigureError(
                    f"“{artist.get_text()}” and “{other.get_text()}” stand on each other on the figure; shorten or move one",
                    said,
                )


def _refuse_size(width: float, height: float, words: bool) -> None:
    """Raise FigureError for a figure so wide that its words get small on a phone, or higher than its screen."""
    why = ""
    if words and width > WIDEST:
        why = f"{width:g} inches wide, which makes its words too small on a phone; at most it is 4.8"
    elif height > TALLEST:
        why = f"{height:g} inches high, more than a phone's screen; at most it is {TALLEST:g}: draw two, or fewer panels"
    if why:
        raise FigureError(f"the figure is {why}", "figsize", "set_size_inches", "set_figheight", "set_figwidth")


def _refuse_left_out(figure: Figure, drawn: set[Text], renderer) -> None:
    """Raise FigureError for an annotation or an axis' label that matplotlib has left out, as its point or axis is not drawn."""
    for axes in (axes for axes in within(figure) if axes.get_visible()):
        for artist in (axes.xaxis.label, axes.yaxis.label):
            if artist.get_visible() and (text := artist.get_text()) and artist not in drawn:
                raise FigureError(f"“{text}” is not drawn, as its axis is off; leave it out, or write it by ax.text", text)
    for artist in figure.findobj(Annotation):
        asked = artist.get_visible() and (not artist.axes or artist.axes.get_visible())
        told = f"“{text}”" if (text := artist.get_text()) else "an arrow of annotate" if artist.arrow_patch else ""
        if asked and told and (artist not in drawn if text else not artist._check_xy(renderer)):
            raise FigureError(
                f"{told} is not drawn, as the point of which it tells lies outside of the axes; "
                "widen their limits, or move the point",
                *([text] if text else []),
                sole=("annotate",),
            )


def _cut_off(artist: Text, box: Bbox) -> bool:
    """Return whether a text reaches beyond what it is clipped to."""
    corners, path = box.padded(-OUTSIDE).corners(), artist.get_clip_path()
    if not artist.get_clip_on():
        return False
    if artist.get_clip_box() is not None and artist.get_clip_box().count_contains(corners) < len(corners):
        return True
    return path is not None and not path.get_fully_transformed_path().contains_points(corners).all()


def _inside(box: Bbox, figure: Bbox) -> bool:
    return (
        box.x0 >= figure.x0 - OUTSIDE
        and box.y0 >= figure.y0 - OUTSIDE
        and box.x1 <= figure.x1 + OUTSIDE
        and box.y1 <= figure.y1 + OUTSIDE
    )


def _covered(first: Text, box: Bbox, second: Text, other: Bbox) -> bool:
    """Return whether two texts cover each other; boxes of slanted ones do not tell."""
    common = Bbox.intersection(box, other)
    if common is None or first.get_rotation() % 90 or second.get_rotation() % 90:
        return False
    smaller = min(box.width * box.height, other.width * other.height)
    return common.width * common.height > OVERLAP * smaller
