"""How every figure looks: the book's matplotlibrc, and a font for the width of Chinese characters."""

import functools
import io
from pathlib import Path

import matplotlib
from matplotlib import _mathtext, font_manager
from matplotlib.mathtext import MathTextParser

from downhill.execution.figures import hanzi_box

WIDEST, LEAST = 4.82, 9.64  # inches that a figure is wide, points that its text is high: 10 pixels on a phone of 360


def use_style(matplotlibrc: Path, folder: Path) -> None:
    """Draw every following figure in the book's style; folder, which has to stay, receives the font for Chinese text."""
    matplotlib.use("svg")
    hanzi_box.make(font := folder / "hanzi-box.ttf")
    font_manager.fontManager.addfont(font)
    matplotlib.rc_file(matplotlibrc)
    enlarge_scripts()
    for families in ("font.family", "font.sans-serif"):
        matplotlib.rcParams[families] = [*matplotlib.rcParams[families], hanzi_box.NAME]


def warm_up() -> None:
    """Have matplotlib do what it does once only (parse mathematics, find fonts), before children need it."""
    import matplotlib.pyplot as plt

    remember_formulas()
    figure, axes = plt.subplots()
    axes.plot([1, 10], [1, 10], label=r"$\beta$")
    axes.set(xscale="log", yscale="log", xlabel="x", title="x")
    axes.set_xticks([10.0**power for power in range(-16, 7)])  # what figures with a logarithmic axis have at their ticks
    axes.legend()
    figure.savefig(io.StringIO(), format="svg")
    plt.close(figure)


def enlarge_scripts() -> None:
    """Set exponents and indices at seven tenths of their formula's size, as matplotlib does, but none below LEAST."""
    parse = MathTextParser._parse_cached.__wrapped__

    @functools.lru_cache(50)
    def legibly(self, formula, dpi, prop, *options):
        shrink, _mathtext.SHRINK_FACTOR = _mathtext.SHRINK_FACTOR, min(1, max(0.7, LEAST / prop.get_size_in_points()))
        try:
            return parse(self, formula, dpi, prop, *options)
        finally:
            _mathtext.SHRINK_FACTOR = shrink

    if parse.__name__ != legibly.__name__:  # already so
        MathTextParser._parse_cached = legibly


def remember_formulas() -> None:
    """Have matplotlib parse a formula once: it forgets all of them with each drawing, and parsing is half of the work."""
    parser = MathTextParser
    parser.__hash__ = lambda self: hash(self._output_type)
    parser.__eq__ = lambda self, other: self._output_type == other._output_type
    parser._parse_cached = functools.lru_cache(maxsize=None)(parser._parse_cached.__wrapped__)
