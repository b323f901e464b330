"""Figures put together at random: each is right on a page, or refused in one sentence; nothing else ever comes out."""

import re
import warnings

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from downhill.execution.figures import FigureError
from downhill.manuscript.figure_text import has_words
from tests.execution.drawing import START, drawn, right, shown, texts

pytestmark = pytest.mark.usefixtures("style")

COLOURS = ["C0", "C5", "0.5", "k", "w", "none", "red", "tab:blue", "#123456", (0.04, 0.37, 0.65, 0.5), ("C1", 0.3), "0.8"]
FORMULAS = [
    r"$\sqrt{x}$",
    r"$\mathcal{O}(k)$",
    r"$\beta = 0.9$",
    r"$\frac{a}{b}$",
    r"$\text{loss}$",
    r"$\nonsense$",
    "$",
    r"\$",
    "$x$ a",
]
HATCHES = [None, "/", "xx", "..", "*", "O", "+|-"]
label = (
    st.sampled_from(["loss", "left", "two\nlines", "1e-3", "10 ms", "", "_hidden"])
    | st.sampled_from(FORMULAS)
    | st.text(max_size=8)
)
colour, hatch, alpha = st.sampled_from(COLOURS), st.sampled_from(HATCHES), st.sampled_from([None, 0.4, 1])
cmap = st.sampled_from([None, None, "viridis", "gray", "cividis"])
MARKS = [
    lambda d: (
        f"ax.plot([0, 2], [1, 3], {d(st.sampled_from(['o', '-', '^:', 'x']))!r}, color={d(colour)!r}, label={d(label)!r})"
    ),
    lambda d: f"ax.bar([0, 1], [2, 1], color={d(colour)!r}, hatch={d(hatch)!r}, label={d(label)!r}, alpha={d(alpha)!r})",
    lambda d: f"ax.bar([{d(label)!r}, {d(label)!r}], [2, 1], edgecolor={d(colour)!r}, hatch={d(hatch)!r})",
    lambda d: f"ax.fill_between([0, 1, 2], [1, 2, 1], color={d(colour)!r}, hatch={d(hatch)!r}, alpha={d(alpha)!r})",
    lambda d: f"ax.scatter([0, 1], [1, 0], c={d(st.sampled_from([[0, 1], 'C2', 'k']))!r}, cmap={d(cmap)!r})",
    lambda d: f"ax.contour(x, y, x * y + {d(st.integers(0, 3))}, cmap={d(cmap)!r}, levels={d(st.integers(2, 12))})",
    lambda d: f"ax.contourf(x, y, x * x + y, cmap={d(cmap)!r}, levels=3, hatches=[{d(hatch)!r}, None], alpha={d(alpha)!r})",
    lambda d: f"ax.quiver([0, 1], [0, 1], [1, 1], [1, 0], color={d(colour)!r})",
    lambda d: f"ax.hist(rng.normal(size=30), bins={d(st.integers(1, 9))}, facecolor={d(colour)!r}, hatch={d(hatch)!r})",
    lambda d: f"ax.boxplot([[1, 2, 3], [2, 3, 9]], tick_labels=[{d(label)!r}, {d(label)!r}], patch_artist={d(st.booleans())})",
    lambda d: f"ax.errorbar([0, 1], [1, 2], yerr=0.2, color={d(colour)!r}, label={d(label)!r})",
    lambda d: f"ax.annotate({d(label)!r}, (0.5, 0.5), (0.2, 0.2), arrowprops=dict(facecolor={d(colour)!r}))",
    lambda d: f"ax.text(0.5, 0.5, {d(label)!r}, color={d(colour)!r}, rotation={d(st.sampled_from([0, 30, 90]))})",
    lambda d: f"ax.set(title={d(label)!r}, xlabel={d(label)!r}, ylabel={d(label)!r}, facecolor={d(colour)!r})",
    lambda d: f"ax.set_xticks([0, 1], [{d(label)!r}, {d(label)!r}], rotation={d(st.sampled_from([0, 45]))})",
    lambda d: f"ax.{d(st.sampled_from(['pcolormesh', 'imshow', 'pcolor', 'matshow']))}([[0, 1], [1, 0]], cmap={d(cmap)!r})",
    lambda d: f"ax.plot(np.arange({d(st.sampled_from([10, 4000, 100_000]))}), {d(st.sampled_from(['o', '-']))!r})",
    lambda d: f"fig.set_size_inches({d(st.sampled_from([0.5, 2, 8]))}, {d(st.sampled_from([0.3, 3]))})",
    lambda d: f"ax.set_{d(st.sampled_from('xy'))}scale({d(st.sampled_from(['log', 'symlog']))!r})",
]


@st.composite
def programs(draw) -> str:
    """Return some lines that draw, and perhaps a legend."""
    lines = [mark(draw) for mark in draw(st.lists(st.sampled_from(MARKS), min_size=1, max_size=3))]
    return "\n".join([*lines, *draw(st.sampled_from([[], ["ax.legend()"], ["ax.legend(title='loss')"]]))])


@settings(max_examples=30, derandomize=True, database=None, deadline=None)
@given(programs())
def test_a_figure_is_right_or_refused(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what matplotlib says of such programs is not what is tried
        try:
            shown(START + lines)
        except Exception:
            reject()  # no program, as words among the numbers of an axis
        try:
            found = drawn(lines, translate=lambda word: "译文")
        except FigureError as error:
            assert str(error) and "\n" not in str(error)
            return
    for svg in found.values():
        right(svg)
    words = [text for text in texts(found["zh"]) if has_words(text)]
    assert all(re.fullmatch("译文|.", text) for text in words), words  # mathematics stands letter by letter
