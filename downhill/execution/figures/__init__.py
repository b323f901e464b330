"""A matplotlib figure as inline SVG: words in the page's language, colours from the page's theme, the same bytes each time."""

import io
import pickle
import re
import unicodedata
import warnings

import matplotlib
from matplotlib.axes import Axes
from matplotlib.collections import PolyQuadMesh, QuadMesh
from matplotlib.figure import Figure

from downhill.execution.figures.fault import FigureError
from downhill.execution.figures.renderer import MOST_BYTES, Canvas, too_large
from downhill.execution.figures.seen import check_firm
from downhill.execution.figures.style import use_style, warm_up
from downhill.execution.figures.svg import inline
from downhill.execution.figures.words import in_language
from downhill.manuscript.figure_text import has_words, line_of, line_of_only, line_with

__all__ = ["FigureError", "draw", "use_style", "warm_up"]

MESHES = ("pcolormesh", "pcolor", "hist2d")


def draw(kept: bytes, name: str, translations: dict[str, dict[str, str]], source: str = "") -> dict[str, str]:
    """Return `{language: SVG}` of a pickled figure; name, unique in the book, prefixes its ids.

    FigureError says what cannot be shown, and at which line of source, the snippet, it was written.
    """
    drawn: dict[str, str] = {}
    spoken = True
    for language, translation in translations.items():
        if not spoken:
            drawn[language] = next(iter(drawn.values()))  # a figure without words
            continue
        try:
            drawn[language], spoken = _draw(pickle.loads(kept), name, translation, source)
        except FigureError as error:
            error.line = line_of(source, *error.said) or line_of_only(source, *error.sole)
            raise
        except Exception as error:  # with its traceback: it may come from a function of the snippet
            raise _explained(error, source).with_traceback(error.__traceback__) from None
    return drawn


def _explained(error: Exception, source: str) -> FigureError:
    """Return what matplotlib says in one sentence, where it is a thing that an author can mend."""
    said = str(error).strip() or type(error).__name__
    if "layout not applied" in said:
        return FigureError("the labels leave no room for the axes; shorten them, or give the figure a larger figsize")
    if glyph := re.match(r"Glyph (\d+)", said):
        character = chr(int(glyph[1]))
        found = FigureError(
            f"no font of the figures has U+{ord(character):04X} ({unicodedata.name(character, 'unnamed')}); write it otherwise"
        )
        found.line = line_with(source, character)
        return found
    lines = [line.strip() for line in said.splitlines() if line.strip(" ^")]
    found = FigureError(f"matplotlib cannot draw the figure: {type(error).__name__}: {'; '.join(lines)}")
    found.line = line_with(source, lines[0]) if lines[1:] else None  # the first is a formula that it cannot read
    return found


def _draw(figure: Figure, name: str, translation: dict[str, str], source: str) -> tuple[str, bool]:
    """Return the SVG of a figure in one language, and whether it shows words."""
    _refuse(figure)
    check_firm(figure)
    buffer = io.StringIO()
    canvas = Canvas(figure)
    style = {"svg.hashsalt": name, "svg.fonttype": "none", "savefig.bbox": "standard", "savefig.facecolor": "auto"}
    with matplotlib.rc_context(style), warnings.catch_warnings(), in_language(translation, source):
        warnings.filterwarnings("error", message=".*([Gg]lyph|_layout not applied|[Tt]ight layout not applied)")
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    svg = inline(buffer.getvalue(), name)
    if len(svg) > MOST_BYTES:
        raise too_large(canvas.renderer.marks, len(svg))
    return svg, any(has_words(text) for _, text in canvas.renderer.texts)


def _refuse(parent: Figure | Axes) -> None:
    """Raise FigureError for axes, of a figure or inside others, that no drawing on a page can be."""
    for axes in parent.axes if isinstance(parent, Figure) else parent.child_axes:
        if axes.name == "3d":
            raise FigureError("the figure has 3-D axes, which readers cannot turn; draw contours, or cuts", "projection")
        if not hasattr(axes, "_colorbar") and any(isinstance(mesh, QuadMesh | PolyQuadMesh) for mesh in axes.collections):
            raise FigureError(f"the figure holds a raster ({', '.join(MESHES)}); draw it with contour or contourf", *MESHES)
        _refuse(axes)
