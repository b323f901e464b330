"""One hue a method through the whole book: what a figure calls momentum is drawn in the same colour on every page."""

import pickle
import re

import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import same_color, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from downhill.execution.cache import Cache
from tests.book import BOOK, ROOT

HUES = {
    "gradient descent": 0,
    "GD": 0,
    "SGD": 0,
    "momentum": 1,
    "heavy ball": 1,
    "Nesterov": 2,
    "NAG": 2,
    "Adam": 3,
    "AdamW": 4,
    "Muon": 5,
}
METHOD = re.compile(rf"({'|'.join(sorted(HUES, key=len, reverse=True))})\b(?! (step|steps|noise))")
BETA = re.compile(r"\\beta = ([\d.]+)")  # what has none is gradient descent, what has one momentum
NEUTRAL = ("0.5", "k", "w")
CYCLE = re.findall(r"#[0-9a-f]{6}", re.search(r"axes.prop_cycle.*", (ROOT / "matplotlibrc").read_text())[0])


def named(figure: Figure):
    """Yield (name of a method, colour) of what a figure draws under such a name, and of the coloured words on it."""
    for artist in figure.findobj():
        said, colour = None, None
        if isinstance(artist, Line2D):
            said, colour = artist.get_label(), artist.get_color()
        elif isinstance(artist, PathCollection | LineCollection) and len(artist.get_edgecolor()):
            said, colour = artist.get_label(), artist.get_edgecolor()[0]
        elif isinstance(artist, Text):
            said, colour = artist.get_text(), artist.get_color()
        if said and (method := METHOD.match(str(said))):
            yield method[1], colour
        elif said and (beta := BETA.search(str(said))):
            yield "momentum" if float(beta[1]) else "gradient descent", colour
    for legend in (axes.get_legend() for axes in figure.axes if axes.get_legend()):
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            if isinstance(handle, Line2D) and (method := METHOD.match(text.get_text())):
                yield method[1], handle.get_color()


def wrong(figure: Figure, words: str = "#101112") -> list[str]:
    """Return what is wrong with the colours of a figure; words in the colour of all words are not coloured."""
    found = []
    for method, colour in named(figure):
        wanted = CYCLE[HUES[method]]
        if not (
            same_color(to_rgb(colour), wanted) or any(same_color(to_rgb(colour), neutral) for neutral in (*NEUTRAL, words))
        ):
            has = next((f'"C{i}"' for i, hue in enumerate(CYCLE) if same_color(to_rgb(colour), hue)), str(colour))
            found.append(f'{method} is drawn in {has}; draw it in "C{HUES[method]}"')
    return sorted(set(found))


NAMING = [name for name, source in BOOK.snippets.items() if METHOD.search(source) or r"\beta =" in source]


@pytest.mark.parametrize("name", [name for name in NAMING if "plt.show" in BOOK.snippets[name]])
def test_a_method_has_its_hue(site, name):
    figures = pickle.loads(Cache(BOOK).figures(name))
    assert [f"snippets/{name}.py: {said}" for kept in figures for said in wrong(pickle.loads(kept))] == []


def test_another_hue_is_noticed():
    figure = Figure()
    axes = figure.subplots()
    axes.plot([0, 1], color=CYCLE[0], label="Adam, a tenth")
    axes.plot([0, 1], color=CYCLE[0], label="SGD")
    axes.plot([0, 1], color=CYCLE[5], label="loss")
    axes.plot([0, 1], color=CYCLE[2])
    axes.text(0, 0, "Nesterov", color=CYCLE[1])
    axes.text(0, 0, r"$\beta = 0$", color=CYCLE[0])
    axes.text(0, 0, r"$\alpha = 0.1,\ \beta = 0.9$", color=CYCLE[2])
    axes.legend(axes.lines[3:], ["AdamW"])
    assert wrong(figure) == [
        'Adam is drawn in "C0"; draw it in "C3"',
        'AdamW is drawn in "C2"; draw it in "C4"',
        'Nesterov is drawn in "C1"; draw it in "C2"',
        'momentum is drawn in "C2"; draw it in "C1"',
    ]
