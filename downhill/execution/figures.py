"""A matplotlib figure as inline SVG: words in the page's language, colours from the page's theme, the same bytes each time."""

import functools
import io
import pickle
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter

from downhill.execution import hanzi_box
from downhill.manuscript.localize import has_words

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"

# the colours of matplotlibrc, and the two neutral ones that snippets may name, as variables of docs/theme/assets/book.css
THEME = {
    "#101112": "currentColor",
    "#000000": "currentColor",
    "#808080": "var(--fig-mid)",
    "#d8d9da": "var(--fig-grid)",
    "#ffffff": "var(--md-default-bg-color)",
    "#0b5fa5": "var(--fig-1)",
    "#b5450b": "var(--fig-2)",
    "#1b7347": "var(--fig-3)",
    "#8a3a9c": "var(--fig-4)",
    "#8a6a00": "var(--fig-5)",
    "#a11d4e": "var(--fig-6)",
}


class FigureError(Exception):
    """What is wrong with a figure, in one sentence."""


def use_style(matplotlibrc: Path, folder: Path) -> None:
    """Draw every following figure in the book's style; folder, which has to stay, receives the font for Chinese text."""
    matplotlib.use("svg")
    hanzi_box.make(font := folder / "hanzi-box.ttf")
    font_manager.fontManager.addfont(font)
    matplotlib.rc_file(matplotlibrc)


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


def remember_formulas() -> None:
    """Have matplotlib parse a formula once: it forgets all of them with each drawing, and parsing is half of the work."""
    parser = MathTextParser
    parser.__hash__ = lambda self: hash(self._output_type)
    parser.__eq__ = lambda self, other: self._output_type == other._output_type
    parser._parse_cached = functools.lru_cache(maxsize=None)(parser._parse_cached.__wrapped__)


def _translate(figure: Figure, translation: dict[str, str]) -> bool:
    """Put each word of the figure into another language, return whether there is one; FigureError names one that lacks."""

    def in_language(text: str) -> str:
        if not has_words(text):
            return text
        if "$" in text:
            raise FigureError(f"the label “{text}” mixes words and mathematics; a label is one or the other")
        if text not in translation:
            raise FigureError(f"“{text}” stands on the figure, but is no literal that can be translated")
        return translation[text]

    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
            if isinstance(formatter, FixedFormatter):
                formatter.seq = [in_language(text) for text in formatter.seq]
    artists = [artist for artist in figure.findobj(Text) if has_words(artist.get_text())]
    for artist in artists:
        artist.set_text(in_language(artist.get_text()))
        artist.set_fontfamily([*matplotlib.rcParams["font.family"], hanzi_box.NAME])
    return bool(artists)


def draw(kept: bytes, name: str, translations: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return `{language: SVG}` of a pickled figure; name, unique in the book, prefixes its ids."""
    drawn: dict[str, str] = {}
    for language, translation in translations.items():
        figure = pickle.loads(kept)
        if not _translate(figure, translation) and drawn:
            drawn[language] = next(iter(drawn.values()))  # a figure without words
            continue
        buffer = io.StringIO()
        with matplotlib.rc_context({"svg.hashsalt": name}):
            figure.savefig(buffer, format="svg", metadata={"Date": None})
        drawn[language] = inline(buffer.getvalue(), name)
    return drawn


def inline(svg: str, name: str) -> str:
    """Return matplotlib's SVG made fit for a page: its colours the theme's, its ids its own, and nothing superfluous."""
    if "¤" in svg:
        raise FigureError("a character on the figure has no glyph")
    root = ET.fromstring(svg)
    if root.find(f".//{SVG}image") is not None:
        raise FigureError("the figure holds a raster image (imshow, pcolormesh); draw it with lines and markers")
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{SVG}metadata" or child.tag == f"{SVG}style":
                parent.remove(child)
    prefix = re.sub(r"\W+", "-", name)
    used = set(re.findall(r'(?:url\(|href=")#([\w.-]+)', svg))
    for element in root.iter():
        _clean(element, prefix, used)
    _unwrap(root)
    root.attrib = {"viewBox": root.get("viewBox"), "role": "img"}
    ET.register_namespace("", SVG[1:-1])
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element, prefix: str, used: set[str]) -> None:
    """Make one element's style attributes of its own, in the theme's colours, with short numbers and a book-wide id."""
    style = dict(part.split(": ", 1) for part in element.attrib.pop("style", "").split("; ") if part)
    style.pop("font-family", None)
    element.attrib.update({key: THEME.get(value, value) for key, value in style.items()})
    if link := element.attrib.pop(f"{XLINK}href", None):
        element.set("href", f"#{prefix}-{link[1:]}")
    if (identity := element.attrib.pop("id", None)) in used:
        element.set("id", f"{prefix}-{identity}")
    if clip := element.get("clip-path"):
        element.set("clip-path", clip.replace("#", f"#{prefix}-"))
    for key in ("d", "x", "y", "width", "height", "transform", "points", "stroke-dasharray", "viewBox", "font-size"):
        if key in element.attrib:
            element.set(key, _short(element.get(key)))
    if element.tag not in (f"{SVG}text", f"{SVG}tspan"):
        element.text = None
    element.tail = None
    if element.tag == f"{SVG}text" and len(element):
        element.text = None


def _short(numbers: str) -> str:
    """Return a list of coordinates with at most two decimals and single spaces."""
    text = re.sub(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-\d+", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), numbers)
    return " ".join(re.sub(r"(?<![\d.])-0(?![\d.])", "0", text).split())


def _unwrap(root: ET.Element) -> None:
    """Drop groups and transforms that do nothing, innermost first."""
    for parent in reversed(list(root.iter())):
        for index, child in reversed(list(enumerate(parent))):
            if re.fullmatch(r"rotate\(0 \S+ \S+\)", child.get("transform", "")):
                del child.attrib["transform"]
            if child.tag == f"{SVG}g" and not child.attrib:
                parent[index : index + 1] = list(child)
            elif child.tag == f"{SVG}path" and not child.get("d"):
                del parent[index]
