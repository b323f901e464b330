"""Figures drawn in the tests' own process: a few lines of a snippet become the SVG of each language, or FigureError."""

import re
import xml.etree.ElementTree as ET

import cloudpickle
import pytest

from downhill.execution import figures
from downhill.execution.figures import FigureError
from downhill.execution.figures.renderer import MOST_BYTES
from downhill.manuscript import localize

START = """import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
x, y = np.meshgrid(np.linspace(-2, 2, 40), np.linspace(-2, 2, 40))
fig, ax = plt.subplots()
"""
LINE = START.count("\n") + 1  # of what follows
CHINESE = {
    "left": "左边",
    "right": "右边",
    "loss": "损失",
    "time": "时间",
    "two\nlines": "两行\n文字",
    "up": "上",
    "down": "下",
}
SVG = "{http://www.w3.org/2000/svg}"
COLOUR = re.compile(r"none|currentColor|var\(--(fig-[\w-]+|md-default-bg-color)\)|url\(#[\w-]+\)")


def shown(source: str) -> bytes:
    """Run a program; return the figure that it shows, as it is kept."""
    import matplotlib.pyplot as plt

    plt.close("all")
    exec(compile(source, "snippet.py", "exec"), {"__name__": "__main__"})
    return cloudpickle.dumps(plt.gcf())


def drawn(lines: str, translate=CHINESE.get) -> dict[str, str]:
    """Run lines that draw on `ax`; return `{language: SVG}`; translate gives the Chinese of a word, or None."""
    source = f"{START}{lines}\n"
    kept = shown(source)
    words = {word.text for word in localize.words(source) if word.kind == "figure"}
    translations = {"en": {w: w for w in words}, "zh": {w: new for w in words if (new := translate(w))}}
    return figures.draw(kept, "chapter/figure-1", translations, source)


def refused(lines: str, sentence: str) -> FigureError:
    """Return the error with which these lines are refused, having seen that it says the sentence, and all in one line."""
    with pytest.raises(FigureError, match=re.escape(sentence)) as error:
        drawn(lines)
    assert "\n" not in str(error.value)
    return error.value


def texts(svg: str) -> list[str]:
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text") if element.text]


def right(svg: str) -> None:
    """Assert that an SVG is whole: ids unique and found, colours the theme's, no raster, no strange font, not too large."""
    root = ET.fromstring(svg)
    assert root.get("fill") == "currentColor"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        assert element.tag != f"{SVG}image"
        for key, value in element.attrib.items():
            wanted = re.findall(r"url\(#(.+?)\)", value) + ([value[1:]] if key == "href" else [])
            assert set(wanted) <= set(ids), f"{key}={value}"
            assert key not in ("fill", "stroke", "stop-color") or COLOUR.fullmatch(value), f"{key}={value}"
            assert key not in ("style", "font-family")
    assert not re.search("[\ue000-\uf8ff]", svg)
    assert len(svg) <= MOST_BYTES
