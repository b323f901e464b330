"""Something is seen of each series that a figure shows, and of each word; or the figure is refused, with its line."""

import re

import pytest

from tests.execution.drawing import LINE, drawn, refused, right

pytestmark = pytest.mark.usefixtures("style")

NAN, TWO = 'float("nan")', "[0, 1], [1, 2]"
UNSEEN = {
    # of its numbers
    f'ax.plot([{NAN}, {NAN}], label="loss")': "“loss” on the figure: none of its points has two numbers",
    f'ax.semilogy([{NAN}, float("inf")], label="loss")': "“loss” on the figure: none of its points has two numbers",
    'ax.plot(np.ma.masked_greater([2, 3], 1), "o", label="loss")': "none of its points has two numbers",
    f'ax.plot([0, {NAN}], [{NAN}, 0], label="loss")': "none of its points has two numbers",
    f'ax.plot([1, {NAN}, 3], label="loss")': "a line needs two neighbouring points; give single ones",
    f'ax.scatter([0, 1], [{NAN}, {NAN}], label="loss")': "nothing is seen of “loss”",
    f'ax.bar([0, 1], [{NAN}, {NAN}], label="loss")': "none of its bars has a height",
    f'ax.errorbar([0, 1], [{NAN}, {NAN}], yerr=1, label="loss")': "nothing is seen of “loss”",
    f"ax.plot([1, 2])\nax.plot([{NAN}, {NAN}], 'C1')": "nothing is seen of the line on the figure",
    f"ax.fill_between([0, 1], [{NAN}, {NAN}])": "nothing is seen of the fill on the figure: it is empty",
    # nothing there
    'ax.plot([], [], "o", label="loss")': "it has no points; give a legend an entry without them as Line2D, in handles=",
    'ax.scatter([], [], label="loss")': "it has no points",
    'ax.fill_between([0, 1], [1, 2], where=[False, False], label="loss")': "it is empty (NaN, or a where=",
    # no extent
    'ax.plot([3], [2], label="loss")': "a line needs two neighbouring points; give single ones",
    f'ax.plot({TWO}, linewidth=0, label="loss")': "it has no extent or no colour",
    f'ax.plot({TWO}, "o", markersize=0, label="loss")': "it has no extent or no colour",
    f'ax.plot({TWO}, linestyle="none", label="loss")': "it has no extent or no colour",
    'ax.scatter([0, 1], [0, 1], s=0, label="loss")': "it has no extent or no colour",
    'ax.fill_between([0, 1, 2], [1, 2, 1], [1, 2, 1], label="loss")': "it has no extent or no colour",
    "ax.fill_betweenx([0, 1, 2], [1, 2, 1], [1, 2, 1])\nax.plot([1, 2])": "nothing is seen of the fill",
    'ax.bar([0, 1], [0, 0], label="loss")': "none of its bars has a height; give them an edgecolor",
    'ax.hist([5], range=(0, 1), label="loss")': "none of its bars has a height",
    'ax.hist([5], range=(0, 1), histtype="stepfilled", label="loss")': "it has no extent or no colour",
    'ax.axvspan(1, 1, linewidth=0, label="loss")': "it has no extent or no colour",
    # no colour
    f'ax.plot({TWO}, alpha=0, label="loss")': "it has no extent or no colour",
    f'ax.plot({TWO}, color=("C1", 0.001), label="loss")': "it has no extent or no colour",
    f'ax.plot({TWO}, color="none", label="loss")': "it has no extent or no colour",
    f'ax.plot({TWO}, color="w", label="loss")': "it has no extent or no colour",
    'ax.scatter([0, 1], [0, 1], alpha=0, label="loss")': "it has no extent or no colour",
    'ax.bar([0, 1], [1, 2], color="w", label="loss")': "nothing is seen of “loss”",
    "ax.contour(x, y, x * y, alpha=0)": "nothing is seen of the contours",
    "ax.quiver([0, 1], [0, 1], [1, 1], [1, 0], alpha=0)": "nothing is seen of the arrows",
    # outside
    'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.plot([2, 3], [0, 1], label="loss")': "it lies outside of the limits of its axes",
    'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.plot([2, 3], [0, 1], "o", label="loss")': "it lies outside of the limits",
    'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.scatter([2, 3], [0, 1], label="loss")': "it lies outside of the limits",
    'ax.set(xlim=(0, 1), ylim=(1, 2))\nax.bar([0, 1], [0.4, 0.5], label="loss")': "it lies outside of the limits",
    'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.fill_between([2, 3], [0, 1], label="loss")': "it lies outside of the limits",
    "ax.set(xlim=(0, 1), ylim=(0, 1))\nax.axhline(2)": "nothing is seen of the line on the figure: it lies outside",
    "ax.set(xlim=(0, 1))\nax.axvspan(2, 3)": "nothing is seen of the shape on the figure: it lies outside",
    "ax.set(xlim=(5, 6))\nax.contour(x, y, x * y)": "nothing is seen of the contours on the figure: it lies outside",
    "ax.set(xlim=(5, 6))\nax.quiver([0, 1], [0, 1], [1, 1], [1, 0])": "nothing is seen of the arrows on the figure: it lies",
    'ax.plot([1, 2])\nax.loglog([1, 2], [-1, -2], label="loss")': "it lies outside of the limits",
    "ax.set_yscale('log')\nax.plot([1, 2])\nax.axhline(0)": "nothing is seen of the line on the figure: it lies outside",
    'ax.plot([0, 1], clip_path=plt.Circle((9, 9), 1, transform=ax.transData), label="loss")': "is clipped to",
    f"fig.add_artist(plt.Line2D([0, 1], [{NAN}, {NAN}]))": "none of its points has two numbers",
    # a part
    f"ax.errorbar([0, 1], [1, 2], yerr=[{NAN}, {NAN}])": "nothing is seen of the error bars on the figure: none of its points",
    "ax.contour(x, y, x, levels=[5, 6])": "nothing is seen of the contours on the figure: none of its levels is reached",
    # hidden
    f'ax.plot({TWO}, visible=False, label="loss")': "it is hidden (visible=False), and a legend names it",
    f'ax.scatter({TWO}, label="loss").set_visible(False)': "it is hidden (visible=False), and a legend names it",
    f'[bar.set_visible(False) for bar in ax.bar({TWO}, label="loss")]': "it is hidden (visible=False), and a legend names it",
}


@pytest.mark.parametrize("lines", UNSEEN)
def test_a_series_of_which_nothing_is_seen_is_refused(lines):
    error = refused(f"{lines}\nax.legend()" if "label=" in lines else lines, UNSEEN[lines])
    wanted = 'label="loss"' if "label=" in lines else re.search(r"\w+\.(?!set|add)\w+\((?!\[1, 2\]\))", lines)[0]
    assert error.line == next((LINE + n for n, line in enumerate(lines.split("\n")) if wanted in line)) or (
        lines.count("ax.plot") == 2 and error.line is None  # either may be meant
    )


SEEN = {
    "a part is no number": f'ax.plot([0, 1, {NAN}], label="loss")',
    "a part is outside": 'ax.set(xlim=(0, 1))\nax.plot([0.5, 9], [1, 2], label="loss")',
    "a line that crosses": 'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.plot([-5, 5], [-5, 5], label="loss")',
    "one point": 'ax.plot(3, 2, "o", label="loss")',
    "some bars without height": 'ax.bar([0, 1], [0, 1], label="loss")',
    "bars of height 0 with an edge": 'ax.bar([0, 1], [0, 0], edgecolor="C0", label="loss")',
    "a hatch alone": 'ax.bar([0, 1], [1, 2], color="none", hatch="/", label="loss")',
    "white with an edge": 'ax.bar([0, 1], [1, 2], color="w", edgecolor="k", label="loss")',
    "halves that are equal": 'ax.fill_between(np.linspace(-3, 3, 61), np.linspace(-3, 3, 61), label="loss")',
    "an area around all": 'ax.axhspan(-9, 9, alpha=0.2, label="loss")\nax.set_ylim(0, 1)',
    "a wide area": 'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.fill([-9, 9, 0], [-9, -9, 9], alpha=0.2, label="loss")',
    "an edge at the limit": 'ax.set(xlim=(0, 1), ylim=(0, 1))\nax.plot([0, 1], [1, 1], label="loss")',
    "see-through": f'ax.plot({TWO}, alpha=0.1, label="loss")',
    "hidden, in no legend": f"ax.plot({TWO}, visible=False)\nax.plot({TWO})",
    "a box plot": "ax.boxplot([[1, 1, 1, 1], [1, 2, 3, 4]])",
    "no errors": 'ax.errorbar([0, 1], [1, 2], yerr=0, label="loss")',
    "errors alone": 'ax.errorbar([0, 1], [1, 2], yerr=1, fmt="none", label="loss")',
    "lines of a bundle": "ax.set_ylim(0, 1)\nfor n in range(3):\n    ax.plot([0, 1], [n, n], color='0.5')",
    "streams": "ax.set_xlim(0, 0.5)\nax.streamplot(x, y, -y, x, density=0.5)",
    "steps": 'ax.stairs([1, 2], label="loss")\nax.stem([0, 1], [1, 2], label="time")',
    "an entry of the legend alone": "from matplotlib.lines import Line2D\n"
    'ax.plot([0, 1])\nax.legend(handles=[Line2D([], [], color="0.5", label="loss")])',
    "a hidden panel": "plt.close(fig)\nfig, (ax, other) = plt.subplots(1, 2)\nother.set_visible(False)\nax.plot([0, 1])",
    "an inset": "ax.plot([0, 1])\nax.inset_axes([0.6, 0.1, 0.3, 0.3]).plot([0, 1])",
    "shapes": 'ax.add_patch(plt.Circle((0.5, 0.5), 0.2))\nax.arrow(0, 0, 1, 1)\nax.annotate("", (0, 0), (1, 1), arrowprops={})',
    "polar": 'plt.close(fig)\nfig, ax = plt.subplots(subplot_kw={"projection": "polar"})\nax.bar([0, 1, 2], [1, 2, 3])',
}


@pytest.mark.parametrize("kind", SEEN)
def test_a_series_of_which_something_is_seen_is_drawn(kind):
    lines = SEEN[kind]
    for svg in drawn(f"{lines}\nax.legend()" if "label=" in lines and "legend" not in lines else lines).values():
        right(svg)


PANELS = "plt.close(fig)\nfig, (ax, other) = plt.subplots(2)\nax.plot([0, 1])"
EMPTY = {  # axes around nothing: how they are called, and the line
    "ax.set()": ("nothing is drawn in the figure's axes; draw there, or take them away: ax.remove()", LINE - 1),
    'ax.set_title("loss")\nax.set(xlabel="time", xlim=(0, 9))': ("nothing is drawn in the figure's axes", LINE - 1),
    'ax.set_xticks([0, 1], ["left", "right"])': ("nothing is drawn in the figure's axes", LINE - 1),
    "ax.plot([], [])": ("nothing is drawn in the figure's axes", LINE - 1),
    "ax.plot([0, 1], visible=False)": ("nothing is drawn in the figure's axes", LINE - 1),
    'ax.text(0, 0, "")': ("nothing is drawn in the figure's axes", LINE - 1),
    'ax.secondary_xaxis("top")': ("nothing is drawn in the figure's axes", LINE - 1),
    PANELS: ("nothing is drawn in axes 2 of 2 on the figure", None),
    f'{PANELS}\nother.set(xlabel="time")': ("nothing is drawn in axes 2 of 2 on the figure", None),
    "ax.plot([0, 1])\nax.inset_axes([0.6, 0.1, 0.3, 0.3])": ("nothing is drawn in axes 2 of 2 on the figure", None),
    "ax.twinx()": ("nothing is drawn in axes 1 of 2 on the figure", None),
    "ax.remove()": ("nothing is drawn on the figure; draw there, or leave plt.show() out", LINE - 1),
    "ax.plot([0, 1])\nax.set_visible(False)": ("nothing is drawn on the figure", LINE - 1),
    "ax.set_axis_off()": ("nothing is drawn on the figure", LINE - 1),
    "plt.close(fig)\nplt.figure()": ("nothing is drawn on the figure", None),
}


@pytest.mark.parametrize("lines", EMPTY)
def test_axes_around_nothing_are_refused(lines):
    sentence, line = EMPTY[lines]
    assert refused(lines, sentence).line == line


FILLED = {
    "a text": "ax.text(0.5, 0.5, '1')",
    "an arrow": "ax.annotate('', (0, 0), (1, 1), arrowprops={})",
    "a table": "ax.table([['1']], loc='center')",
    "a legend": "ax.legend(handles=[plt.Line2D([], [], label='loss')])",
    "one of twins": "ax.plot([0, 1])\nax.twinx().set(ylim=(0, 100))",
    "the other twin": "ax.twinx().plot([0, 1])",
    "a second scale": "ax.plot([0, 1])\nax.secondary_xaxis('top')",
    "a hidden panel": f"{PANELS}\nother.set_axis_off()",
    "one that is taken away": f"{PANELS}\nother.remove()",
    "a colorbar": "fig.colorbar(ax.contourf(x, y, x))",
    "a figure's own": "ax.remove()\nfig.add_artist(plt.Line2D([0, 1], [0, 1]))",
    "a figure's text": "ax.remove()\nfig.text(0.5, 0.5, '1')",
}


@pytest.mark.parametrize("kind", FILLED)
def test_axes_around_something_are_drawn(kind):
    right(drawn(FILLED[kind])["zh"])


LOST = {
    'ax.plot([0, 1], label="loss")': "“loss” is the label of a series, and no legend says it",
    'ax.plot([0, 1], label="$x$")': "“$x$” is the label of a series, and no legend says it",
    'ax.plot([0, 1], label="loss")\nax.legend(["time"])': "“loss” is the label of a series, and no legend says it",
    'ax.bar([0, 1], [1, 2], label="loss")': "“loss” is the label of a series, and no legend says it",
    'ax.errorbar([0, 1], [1, 2], yerr=1, label="loss")': "“loss” is the label of a series, and no legend says it",
    'ax.plot([0, 1], label="loss")\nax.legend().set_visible(False)': "“loss” is the label of a series, and no legend says it",
    'ax.axis("off")\nax.set(xlabel="loss")': "“loss” is not drawn, as its axis is off",
    'ax.set(ylabel="$x$")\nax.yaxis.set_visible(False)': "“$x$” is not drawn, as its axis is off",
    'ax.set(xlim=(0, 1))\nax.annotate("", (3, 0.5), (0.5, 0.5), arrowprops={})': "an arrow of annotate is not drawn",
    'ax.text(0.5, 0.5, "loss", alpha=0)': "“loss” on the figure has no colour that is seen",
    'ax.set_title("loss", color="none")': "“loss” on the figure has no colour that is seen",
}


@pytest.mark.parametrize("lines", LOST)
def test_a_word_that_is_not_seen_is_refused(lines):
    assert refused(lines, LOST[lines]).line == next(
        LINE + n for n, line in enumerate(lines.split("\n")) if re.search("loss|[$]x|annotate", line)
    )


def test_a_legend_of_the_figure_says_the_labels_of_its_axes():
    right(drawn('ax.plot([0, 1], label="loss")\nfig.legend()')["zh"])


BARS = "ax.bar([0, 1], [1, 2])"
PAGE, BEHIND, BELOW = "is hardly told from the page", "is hardly told from what lies behind it", "lies below an area"
PALE = {  # words that cannot be read where they stand
    'ax.text(0.5, 0.5, "loss", color="w")': PAGE,
    'ax.text(0.5, 0.5, "loss", alpha=0.3)': PAGE,
    'ax.axhline(0)\nax.set_title("loss", color="white")': PAGE,
    'ax.plot([0, 1], label="loss")\nax.legend(labelcolor="w")': PAGE,
    'ax.axhline(0)\nax.tick_params(labelcolor="w")': PAGE,
    f'{BARS}\nax.text(0.5, 0.5, "loss", color="w", ha="center")': PAGE,  # between the bars
    f'{BARS}\nax.text(0, 0.5, "loss", ha="center")': BEHIND,
    f'{BARS}\nax.text(0, 0.5, "loss", color="C0", ha="center")': BEHIND,
    'ax.bar_label(ax.bar([0, 1], [1, 2]), label_type="center")': BEHIND,
    'ax.pie([1, 2], labels=["left", "right"], autopct="%d%%")': BEHIND,
    'ax.set_axis_off()\nax.table([["1"]], cellColours=[["C1"]])': BEHIND,
    'ax.contourf(x, y, x * y)\nax.text(0, 0, "loss")': BEHIND,
    'ax.axhline(0)\nax.text(0, 0, "loss", color="w", bbox=dict(facecolor="w"))': PAGE,
    'ax.axhspan(-9, 9)\nax.plot([0, 1], label="loss")\nax.legend()': BEHIND,
    f'{BARS}\nax.text(0, 0.5, "loss", color="w", ha="center", zorder=0)': BELOW,
    'ax.text(0.5, 0.5, "loss")\nax.twinx().axhspan(0, 1)': BELOW,
    'fig.text(0.5, 0.5, "loss", zorder=-1)\nax.axhspan(0, 1)': BELOW,
}


@pytest.mark.parametrize("lines", PALE)
def test_a_word_that_cannot_be_read_is_refused(lines):
    wanted = 'label="loss"' if "label=" in lines else "loss" if "loss" in lines else "label|autopct|table"
    line = refused(lines, PALE[lines]).line
    assert line == next(LINE + n for n, text in enumerate(lines.split("\n")) if re.search(wanted, text))


LEGIBLE = {
    "grey": 'ax.text(0.5, 0.5, "loss", color="0.5")\nax.axhline(0)',
    "the page's colour on a bar": f'{BARS}\nax.text(0, 0.5, "loss", color="w", ha="center")',
    "one on a pale area": 'ax.axhspan(-9, 9, alpha=0.2)\nax.text(0.5, 0.5, "loss", color="C0")',
    "one in a box": f'{BARS}\nax.text(0, 0.5, "loss", ha="center", bbox=dict(facecolor="w"))',
    "one on a dark box": 'ax.axhline(0)\nax.text(0.5, 0.5, "loss", color="w", bbox=dict(facecolor="C0"))',
    "one beside a polygon": 'ax.fill([0, 1, 1], [0, 0, 1])\nax.text(0.2, 0.8, "loss")',
    "one where an area is cut off": "ax.axhspan(0, 1, clip_path=plt.Circle((0, 0), 0.2, transform=ax.transData))\n"
    'ax.text(0.5, 0.5, "loss")',
    "one on a framed legend": "ax.axhspan(-9, 9)\n"
    "ax.legend(handles=[plt.Line2D([], [], label='loss')], frameon=True, framealpha=1)",
    "level lines in their colours": "ax.clabel(ax.contour(x, y, x * y))",
    "on levels": 'ax.contourf(x, y, x * y)\nax.text(0, 0, "loss", color="w")',
    "twice, in two legends": "plt.close(fig)\nfig, axes = plt.subplots(2)\nfor ax in axes:\n"
    '    ax.plot([0, 1], label="loss")\n    ax.legend()',
}


@pytest.mark.parametrize("kind", LEGIBLE)
def test_a_word_that_can_be_read_is_drawn(kind):
    right(drawn(LEGIBLE[kind])["zh"])


TWICE = {
    'ax.plot([0, 1], label="loss")\nax.plot([1, 0], label="loss")\nax.legend()': LINE,
    'ax.plot([0, 1], label="$x$")\nax.scatter([1, 0], [0, 1], label="$x$")\nax.legend()': LINE,
    'for n in range(2):\n    ax.bar([n], [1], label="loss")\nax.legend()': LINE + 1,
    'ax.plot([0, 1])\nax.plot([1, 0])\nax.legend(["loss", "loss"])': LINE + 2,
    'for end in (1, 2):\n    ax.plot([0, end], label="loss")\nfig.legend()': LINE + 1,
}


@pytest.mark.parametrize("lines", TWICE)
def test_a_legend_that_says_the_same_of_two_things_is_refused(lines):
    assert refused(lines, "of two things; give them two labels").line == TWICE[lines]


@pytest.mark.parametrize("lines", ["fig.set_size_inches(4.8, 40)", "fig.set_figheight(9)"])
def test_a_figure_higher_than_a_phone_is_refused(lines):
    assert refused(f"ax.plot([0, 1])\n{lines}", "inches high, more than a phone's screen").line == LINE + 1
