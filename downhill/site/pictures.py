"""The light figure of a page as a PNG, for notebooks: Jupyter shows no SVG of a file that was downloaded.

The page's own drawing is painted, so that nothing runs or is drawn again. Its words are set in DejaVu Sans, by which it was
laid out, and hanzi in the font that goes with the Chinese notebooks.
"""

import io
import re
from importlib.metadata import version
from pathlib import Path

import matplotlib
import resvg_py
from PIL import Image

from downhill.checks.hanzi import FONT
from downhill.execution import cache
from downhill.site import style

FAMILY = "DejaVu Sans"
FACES = ("", "-Bold", "-Oblique", "-BoldOblique")
SCALE, COLOURS = 2, 32  # pixels a point; colours that are kept: more are not seen, and all take three times the bytes
USED = re.compile(r"var\((--[\w-]+)\)")
CUT = re.compile(r'<path [^>]*(?P<cut> clip-path="[^"]*")[^>]*/>(?:<path [^>]*(?P=cut)[^>]*/>)+')
GROUND, INK = "#ffffff", "#101112"  # a notebook's ground, matplotlibrc's ink


class Painter:
    """Paints the drawings of the book below a folder, and keeps what it has painted."""

    def __init__(self, root: Path, room: str):
        self.folder, self.used = root / ".cache" / room, set()
        fonts = Path(matplotlib.get_data_path(), "fonts", "ttf")
        self.fonts = [*(str(fonts / f"DejaVuSans{face}.ttf") for face in FACES), str(root / FONT)]
        self.colours = style.light(root) | {"--md-default-bg-color": GROUND}
        libraries = [version(name) for name in ("resvg-py", "pillow", "matplotlib")]
        made = [Path(__file__).read_text(encoding="utf-8"), (root / FONT).read_bytes().hex(), self.colours, libraries]
        self.way = cache.digest(made)

    def png(self, svg: str) -> bytes:
        """Return a drawing as a PNG, painted once."""
        path = self.folder / f"{cache.digest([self.way, svg])}.png"
        self.used.add(path)
        if (kept := cache.read(path)) is None:
            cache.write(path, kept := self._painted(svg))
        return kept

    def prune(self) -> None:
        """Delete what was not asked for."""
        for path in set(self.folder.glob("*")) - self.used:
            path.unlink(missing_ok=True)

    def _painted(self, svg: str) -> bytes:
        svg = USED.sub(lambda match: self.colours[match[1]], svg).replace("currentColor", INK)
        svg = svg.replace("<svg ", f'<svg font-family="{FAMILY}" ', 1)
        svg = CUT.sub(lambda match: f"<g{match['cut']}>{match[0].replace(match['cut'], '')}</g>", svg)  # each cut takes 10 ms
        how = {"background": GROUND, "zoom": SCALE, "skip_system_fonts": True, "font_files": self.fonts}
        image = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=svg, **how))).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(buffer := io.BytesIO(), "PNG", optimize=True)
        return buffer.getvalue()
