"""Draws as matplotlib's SVG renderer does, and refuses what a page cannot show: rasters, too many marks, other fonts' text."""

import io
import unicodedata

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.textpath import TextPath

from downhill.execution.figures.fault import FigureError
from downhill.execution.figures.legible import check_legible
from downhill.execution.figures.seen import check_seen
from downhill.execution.figures.words import check_places

MOST_BYTES, MOST_MARKS = 300_000, 3000  # the largest drawing of the book has 72,000, and 360
RAW, A_MARK = 6, 120  # how many times as long matplotlib's SVG is at most, bytes that a mark takes
SIGNS = set("!%&()*+,-./:;<=>?@[]{|}~¬±·×÷‖…−∂∆∇∈∞∼≈≠≤≥⋅→←↑↓\xa0 ")  # beside letters and digits, what any page's font has


def too_large(marks: int, size: int, *said: str) -> FigureError:
    """Return the error for a drawing with too many marks, or too many bytes."""
    return FigureError(
        f"the drawing has {marks:,} marks and would take {size / 1000:,.0f} kB on each page; at most are {MOST_MARKS:,} marks "
        f"and {MOST_BYTES // 1000} kB: draw fewer points, a histogram, or contours of their density",
        *said,
    )


class Canvas(FigureCanvasSVG):
    """A figure's canvas that draws for a page."""

    def print_svg(self, filename: io.StringIO, *, metadata=None, **_) -> None:
        """Draw into a text buffer."""
        dpi, self.figure.dpi = self.figure.dpi, 72
        width, height = self.figure.get_size_inches() * 72
        self.renderer = PageRenderer(width, height, image_dpi=dpi, metadata=metadata)
        self.figure.draw(self.renderer)
        self.renderer.finalize()
        filename.write(self.renderer.file.getvalue())
        check_places(self.figure, self.renderer.texts, self.renderer)
        check_seen(self.figure, self.renderer.texts)
        check_legible(self.figure, self.renderer.texts, self.renderer)


class PageRenderer(RendererSVG):
    """What draws a figure for a page; `texts` are the texts that it has drawn."""

    def __init__(self, width: float, height: float, **options):
        self.file, self.marks, self.texts, self.dpi = io.StringIO(), 0, [], 72
        super().__init__(width, height, self.file, **options)

    def count(self, marks: int, *said: str) -> None:
        """Take note of marks that are about to be drawn, by calls of these names; FigureError if there are too many."""
        self.marks += marks
        if self.marks > MOST_MARKS:
            raise too_large(self.marks, self.marks * A_MARK, *said)
        if self.file.tell() > RAW * MOST_BYTES:
            raise too_large(self.marks, self.file.tell() // 2)

    def draw_path(self, gc, path, transform, rgbFace=None):
        if isinstance(path, TextPath):
            raise FigureError("the figure draws text as a shape (TextPath); use ax.text", "TextPath")
        self.count(1)
        super().draw_path(gc, path, transform, rgbFace)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        self.count(len(path.vertices), "scatter", "plot", "loglog", "semilogx", "semilogy", "errorbar")
        super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)

    def draw_path_collection(self, gc, master_transform, paths, all_transforms, offsets, *rest, **more):
        self.count(max(len(paths), len(offsets)), "scatter", "quiver", "hexbin", "eventplot")
        marks = self.marks
        super().draw_path_collection(gc, master_transform, paths, all_transforms, offsets, *rest, **more)
        self.marks = marks  # the same ones, drawn path by path

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if ismath and not self.in_page_fonts(s, prop):
            RendererBase._draw_text_as_path(self, gc, x, y, s, prop, angle, ismath, mtext)
        else:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    def in_page_fonts(self, formula: str, prop) -> bool:
        """Return whether each glyph of a formula looks in the page's font as in the one for which it was laid out."""
        glyphs = self._text2path.mathtext_parser.parse(formula, 72, prop)[3]
        if "¤" not in formula and any(code == ord("¤") for _, _, code, *_ in glyphs):
            raise FigureError(
                f"a character of “{formula}” on the figure has no glyph; words stand in labels of their own, outside $…$",
                formula,
            )
        return all(
            font.family_name == "DejaVu Sans"
            and size <= 1.01 * prop.get_size_in_points()
            and (unicodedata.category(chr(code))[0] in "LN" and code < 0x2200 or chr(code) in SIGNS)
            for font, size, code, *_ in glyphs
        )

    def get_text_width_height_descent(self, s, prop, ismath):
        if ismath == "TeX":
            raise FigureError(
                "text on the figure is set by TeX (usetex); leave it out, matplotlib sets formulas itself", "usetex"
            )
        return super().get_text_width_height_descent(s, prop, ismath)

    def draw_image(self, *_, **__):
        sentence = "the figure holds a raster image (imshow, figimage and the like); draw it with lines, markers, or contours"
        raise FigureError(sentence, "imshow", "matshow", "figimage", "spy", "specgram", "pcolorfast")

    def draw_gouraud_triangles(self, *_, **__):
        raise FigureError("the figure is shaded smoothly (gouraud), which no page can show; draw contours", "shading")

    def start_rasterizing(self):
        raise FigureError(
            "a part of the figure is drawn as a raster (rasterized, or a colorbar without steps); "
            "leave rasterized out, or give levels to contourf, whose colorbar has steps",
            "rasterized",
            "set_rasterized",
            "colorbar",
        )

    def start_filter(self):
        raise FigureError(
            "a part of the figure has an agg_filter, which makes a raster of it; leave it out", "agg_filter", "set_agg_filter"
        )
