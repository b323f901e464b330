"""A page's drawing as a PNG: the page's light colours on white, hanzi as hanzi, marks cut off where the page cuts them."""

import io

import pytest
from PIL import Image, ImageChops

from downhill.execution.shelf import Shelf
from downhill.site.pictures import GROUND, Painter
from tests.book import ROOT

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" fill="currentColor">{}</svg>'


@pytest.fixture
def painter(monkeypatch, tmp_path):
    painter = Painter(ROOT, "pictures")
    monkeypatch.setattr(painter, "folder", tmp_path)
    return painter


def painted(painter: Painter, marks: str) -> Image.Image:
    return Image.open(io.BytesIO(painter.png(DRAWING.format(marks)))).convert("RGB")


def ink(image: Image.Image) -> int:
    """Return how many pixels are not ground."""
    return sum(count for count, colour in image.getcolors(10**6) if colour != (255, 255, 255))


def test_hanzi_are_drawn_as_themselves(painter):
    text = '<text x="5" y="25" font-size="16">{}</text>'
    line, straight, lacking, lacking_too = (painted(painter, text.format(sign)) for sign in "线直龘龖")
    assert ink(line) > 100 and ink(straight) > 100
    assert ImageChops.difference(line, straight).getbbox()
    assert not ImageChops.difference(lacking, lacking_too).getbbox()  # boxes: `make check` names them


def test_colours_are_those_of_the_light_page(painter):
    style = (ROOT / "docs" / "theme" / "assets" / "book.css").read_text(encoding="utf-8")
    blue = style.partition("--fig-1: ")[2][:7]
    image = painted(painter, '<path d="M0 0h60v20h-60z" fill="var(--fig-1)"/>')
    assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((60, 20))) == blue
    assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((60, 60))) == GROUND


def test_neighbours_are_cut_off_together_as_each_alone(painter):
    cut = '<defs><clipPath id="a"><rect x="10" y="10" width="30" height="20"/></clipPath></defs>'
    marks = [f'<path d="M0 {y}h60v4h-60z" clip-path="url(#a)"/>' for y in (8, 18, 28)]
    together, apart = painted(painter, cut + "".join(marks)), painted(painter, cut + "<g/>".join(marks))
    assert ImageChops.difference(together, apart).getbbox() is None
    assert together.getbbox() and together.getpixel((10, 20)) == (255, 255, 255) != together.getpixel((30, 40))


def test_a_figure_of_the_book_looks_the_same_each_time(painter, site):
    svg = Shelf(ROOT).result("gradient_descent/zigzag").figures["zh"][0]
    first = painter.png(svg)
    (kept,) = painter.folder.iterdir()
    kept.unlink()
    assert painter.png(svg) == first
