"""Draw the Chinese words that stand in the header of the pages (README.md beside this file says why).

Run with the folder that holds Noto Sans CJK, such as `python words.py /usr/share/fonts/opentype/noto`.
"""

import sys
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

WORDS = {"xiashan": ("下山", "Bold"), "zhongwen": ("中文", "Regular")}  # as heavy as the text around them
EM, ASCENT = 1000, 880


def font(folder: Path, weight: str) -> TTFont:
    """Return the simplified Chinese one of a collection's fonts."""
    fonts = TTCollection(folder / f"NotoSansCJK-{weight}.ttc")
    return next(one for one in fonts if one["name"].getDebugName(1) == "Noto Sans CJK SC")


def draw(word: str, source: TTFont) -> str:
    """Return a word as an image that is as high as a line's letters and takes the colour of the text."""
    glyphs, names = source.getGlyphSet(), source.getBestCmap()
    pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
    for place, character in enumerate(word):
        glyphs[names[ord(character)]].draw(TransformPen(pen, (1, 0, 0, -1, place * EM, ASCENT)))
    path = f'<path d="{pen.getCommands()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="word" viewBox="0 0 {len(word) * EM} {EM}">{path}</svg>\n'


if __name__ == "__main__":
    for name, (word, weight) in WORDS.items():
        Path(__file__).with_name(f"{name}.svg").write_text(draw(word, font(Path(sys.argv[1]), weight)), encoding="utf-8")
