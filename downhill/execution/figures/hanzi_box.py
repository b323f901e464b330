"""A font for layout only: each Chinese character is the same box, one em wide, as wide as the real ones.

The browser draws a figure's text in the page's own font; matplotlib needs no more than the widths. So no Chinese font
has to be installed to build the book, and none that is installed changes the result.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

NAME = "Hanzi Box"
CHARACTERS = [
    (0x2014, 0x2014),
    (0x2018, 0x201D),
    (0x2026, 0x2026),
    (0x3000, 0x30FF),
    (0x3400, 0x9FFF),
    (0xFF00, 0xFFEF),
]


def make(path: Path) -> None:
    """Write the font to path."""
    pen = TTGlyphPen(None)
    pen.moveTo((40, -80))
    for corner in ((40, 840), (960, 840), (960, -80)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupGlyf({".notdef": box, "box": box})
    font.setupHorizontalMetrics({".notdef": (1000, 40), "box": (1000, 40)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": NAME, "styleName": "Regular"})
    many_to_one = CmapSubtable.newSubtable(13)
    many_to_one.platformID, many_to_one.platEncID, many_to_one.language = 3, 10, 0
    many_to_one.cmap = {c: "box" for first, last in CHARACTERS for c in range(first, last + 1)}
    font.font["cmap"] = newTable("cmap")
    font.font["cmap"].tableVersion, font.font["cmap"].tables = 0, [many_to_one]
    font.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(path)
