"""What a figure draws, in numbers: whatever the artist, and never a traceback."""

import datetime

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Circle, ConnectionPatch, FancyArrowPatch
from matplotlib.path import Path

from downhill.execution.figures import marks

DAYS = [datetime.date(2020, 1, day) for day in (1, 2, 3)]
BENT = Path([(0, 0), (1, 1), (2, 3)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])


def bars_by_name(ax):
    ax.bar(["a", "b"], [1, 2])
    ax.annotate("p", ("a", 1))


def arrows(ax):
    ax.add_patch(FancyArrowPatch((0, 0), (1, 1)))
    ax.add_patch(FancyArrowPatch(path=BENT))
    ax.add_artist(ConnectionPatch((0, 0), (0, 3), "data"))


def nothing_finite(ax):
    ax.plot([np.nan, 1], [np.nan, np.inf])


def a_second_legend(ax):
    ax.add_artist(ax.legend(ax.plot([0]), ["first"]))
    ax.legend(ax.plot([1]), ["second"])


@pytest.mark.parametrize(
    ("draw", "found"),
    [
        (
            lambda ax: ax.plot(DAYS, [1, 2, 3]),
            {"axes 1 line 1 x": "3: 18262 to 18264, least 18262, greatest 18264, mean 18263"},
        ),
        (lambda ax: ax.text(DAYS[1], 2, "y"), {"axes 1 text 1 at": "y | 2020-01-02, 2"}),
        (bars_by_name, {"axes 1 x ticks": "0 “a”, 1 “b”", "axes 1 text 1 at": "p | a, 1, a, 1"}),
        (arrows, {"axes 1 patches FancyArrowPatch 1 v": "2: 1 to 3, least 1, greatest 3, mean 2"}),
        (arrows, {"axes 1 patches ConnectionPatch 1 v": "1: 3 to 3, least 3, greatest 3, mean 3"}),
        (lambda ax: ax.secondary_xaxis("top"), {"axes 2 x": "0 to 1, function"}),
        (lambda ax: ax.twinx().set_ylabel("$t$"), {"axes 2 words": "$t$"}),
        (lambda ax: ax.table([["1", "2"]]), {"axes 1 Table 1 cell (0, 1)": "2"}),
        (lambda ax: ax.barbs([0], [0], [1], [7]), {"axes 1 barbs 1 v": "1: 7 to 7, least 7, greatest 7, mean 7"}),
        (lambda ax: ax.imshow([[1, 2]]), {"axes 1 AxesImage 1 values": "2: 1 to 2, least 1, greatest 2, mean 1.5"}),
        (lambda ax: ax.pcolormesh([[1, 2]]), {"axes 1 QuadMesh 1 colour": "2: 1 to 2, least 1, greatest 2, mean 1.5"}),
        (
            lambda ax: ax.add_patch(Circle((1, 2), 1)),
            {"axes 1 patches Circle 1 x": "25: 1 to 1, least 0, greatest 2, mean 1"},
        ),
        (nothing_finite, {"axes 1 line 1 y": "2 (2 not finite)"}),
        (lambda ax: ax.scatter([], []), {"axes 1 markers 1 x": "0"}),
        (a_second_legend, {"axes 1 words": "second", "axes 1 Legend 1 text 1": "first"}),
        (lambda ax: ax.figure.suptitle("$s$"), {"words 1": "$s$"}),
        (lambda ax: ax.plot([1, 1e-20]), {"axes 1 line 1 y": "2: 1 to 0, least 0, greatest 1, mean 0.5"}),
        (lambda ax: ax.semilogy([1, 1e-20]), {"axes 1 line 1 y": "2: 1 to 1e-20, least 1e-20, greatest 1, mean 0.5"}),
        (lambda ax: ax.axline((0, 0), (1, 2)), {"axes 1 line 1 y": "2: 0 to 2, least 0, greatest 2, mean 1"}),
        (lambda ax: ax.plot([1])[0].set_visible(False), {}),
    ],
)
def test_each_kind_of_artist_is_put_into_numbers(draw, found):
    figure, ax = plt.subplots()
    try:
        draw(ax)
        told = marks.numbers(figure)
    finally:
        plt.close(figure)
    assert {place: told.get(place) for place in found} == found
    assert found or not any("line" in place.split() for place in told)


def test_the_texts_of_a_part_of_a_figure_are_told_once():
    figure = plt.figure()
    left, right = figure.subfigures(1, 2)
    left.suptitle("$l$")
    right.subplots().plot([1, 2])
    told = marks.numbers(figure)
    plt.close(figure)
    assert [text for place, text in told.items() if place.startswith("words")] == ["$l$"]
    assert "axes 1 line 1 y" in told
