"""Make pagella-math.woff2 from TeX Gyre Pagella Math: a few repairs for browsers, then pyftsubset."""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

NAME = "Downhill Pagella Math"
NOTICE = "A modified subset of TeX Gyre Pagella Math 1.632; README.md beside this file lists the changes."

# Chromium sets a prime as a superscript but does not ask for the glyph made for that place (feature ssty).
PRIMES = {0x2032: "minute.st", 0x2033: "uni2033.st", 0x2034: "uni2034.st"}

# Combining signs hang to the left of their origin and have no width, so Chromium sets them beside a letter.
COMBINING = ["uni20D7", "lowlinecmb", "circumflexcmb", "tildecomb"]
OTHERS = {
    0x02DC: "tildecomb",  # browsers stretch this sign, and the original has wider forms of the combining one alone
    0x203E: "lowlinecmb",  # an overline; not in the original
    0x2061: "uni2062",  # function application, an invisible operator; the original draws a frame
}

# Chromium ignores the italic correction, so that whatever follows an f, ζ, ξ, or σ ran into its upper end.
SLANTED = {"u1D453": 100, "u1D701": 65, "u1D709": 65, "u1D70E": 50}

# An f reaches far to the left of its origin, and so into a sign of relation before it.
REACHING = {"u1D453": 90}

# Chromium gives a stretched sign the room of its widest form, whichever it draws; so its forms get nearly one width.
DONE: set[str] = set()  # some parts belong to two signs
STRETCHING = "()[]{}⟨⟩⌈⌉⌊⌋√"

TEXT = """
0020-007E 00A0 00A8 00AC 00AF 00B0 00B1 00B7 00D7 00F7 0131 0237 02C6 02D9 02DC 0302 0332
2002-200B 2016 2019 2022 2026 2032-2034 203E 2061-2064 20D7"""
GREEK = """
0393 0394 0398 039B 039E 03A0 03A3 03A5 03A6 03A8 03A9"""
OPERATORS = """
2190-2194 2197 2198 21A6 21D0 21D2 21D4 27F5-27FA
2200 2202 2203 2205 2207-2209 220B 220F 2211-2213 2216-221A 221D 221E 2223 2225 2227-222B 2234
223C 2243 2245 2248 2250 2254 225C 2260 2261 2264 2265 226A 226B 227A-227D 2282 2283 2286 2287
2295-2297 2299 22A4 22A5 22C2 22C3 22C5 22C6 22EE 22EF 22F1 2308-230B 23DE 23DF 25A0 25A1
27C2 27E8 27E9 2A7D 2A7E 2AAF 2AB0"""
# italic ones all; of the others those that the pages have, and that a formula is likely to ask for
LETTERS = """
1D434-1D467 210E 210F 2113
1D6A4 1D6A5 1D6FC-1D70C 1D70E-1D717 1D719 1D71A 1D73D
1D408 1D433 1D7CE 1D7CF
212C 1D49F 2112 1D4A9 1D4AA
1D53C 2115 2119 211D 2124 1D7D9"""


def repair(font: TTFont) -> None:
    """Make the changes that README.md lists."""
    variants = font["MATH"].table.MathVariants
    signs = [g for g in font.getGlyphOrder() if g.split(".")[0] in COMBINING and font["hmtx"][g][0] == 0]
    for glyph in signs:
        set_beside_origin(font, glyph)
    assert set(COMBINING) <= set(signs) & set(variants.HorizGlyphCoverage.glyphs)
    corrections = font["MATH"].table.MathGlyphInfo.MathItalicsCorrectionInfo
    for glyph, more in SLANTED.items():
        set_outline(font, glyph, 0, font["hmtx"][glyph][0] + more)
        corrections.ItalicsCorrection[corrections.Coverage.glyphs.index(glyph)].Value -= more
    for glyph, more in REACHING.items():
        set_outline(font, glyph, more, font["hmtx"][glyph][0] + more)
    for sign in STRETCHING:
        set_one_width(font, font.getBestCmap()[ord(sign)])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= PRIMES | OTHERS
    names = font["name"]
    for number, text in {1: NAME, 4: NAME, 6: NAME.replace(" ", ""), 10: NOTICE, 16: NAME}.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)


def set_one_width(font: TTFont, base: str) -> None:
    """Take room from beside the larger forms of a sign, and from beside the parts of which the largest are put together."""
    variants = font["MATH"].table.MathVariants
    forms = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(base)]
    parts = {part.glyph for part in forms.GlyphAssembly.PartRecords} if forms.GlyphAssembly else set()
    root, room = base == "radical", font["hmtx"][base][0]
    for group in [{record.VariantGlyph} for record in forms.MathGlyphVariantRecord[1:]] + [parts]:
        boxes = [bounds(font, glyph) for glyph in group]
        for glyph in group - DONE:
            ink = max(box[2] for box in boxes) - min(box[0] for box in boxes)
            width = font["hmtx"][glyph][0]
            less = width - min(width, room if root else max(room + 60, ink + 50))
            set_outline(font, glyph, -less if root else -less // 2, width - less)  # a root ends where its bar begins
            DONE.add(glyph)


def set_beside_origin(font: TTFont, glyph: str) -> None:
    """Move a glyph so that its left edge is the origin and its right edge the advance width."""
    left, _, right, _ = bounds(font, glyph)
    set_outline(font, glyph, -left, right - left)
    accents = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    if glyph in accents.TopAccentCoverage.glyphs:
        index = accents.TopAccentCoverage.glyphs.index(glyph)
        accents.TopAccentAttachment[index].Value -= left


def set_outline(font: TTFont, glyph: str, shift: int, width: int) -> None:
    """Move a glyph to the right, and set its advance width."""
    glyphs, top = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0]
    pen = T2CharStringPen(width - top.Private.nominalWidthX, glyphs)
    glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    top.CharStrings[glyph] = pen.getCharString(top.Private, font["CFF "].cff.GlobalSubrs)
    font["hmtx"][glyph] = (width, bounds(font, glyph)[0])


def bounds(font: TTFont, glyph: str) -> tuple[int, ...]:
    """Return left, bottom, right, and top of a glyph."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[glyph].draw(pen)
    return tuple(map(round, pen.bounds))


def main(source: str) -> None:
    """Write pagella-math.woff2 beside this file."""
    target = Path(__file__).with_suffix(".woff2")
    repaired = target.with_suffix(".otf")
    font = TTFont(source, recalcTimestamp=False)
    repair(font)
    font.save(repaired)
    subset.main(
        [
            str(repaired),
            "--unicodes=" + ",".join((TEXT + GREEK + OPERATORS + LETTERS).split()),
            "--layout-features=dtls",
            "--name-IDs=0,1,2,4,6,10,13,14",
            "--drop-tables+=FFTM,GDEF,GPOS",
            "--no-hinting",
            "--desubroutinize",
            "--flavor=woff2",
            f"--output-file={target}",
        ]
    )
    repaired.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
