"""A label that cannot be translated is named with its own line, before anything runs."""

import pytest

from tests.small import CATALOGUE, change, snippet, write_catalogue

TOGETHER = "are put together by the program, so they cannot be translated"
FAULTS = {
    'ax.set_title(r"constant $\\alpha$")': "the label “constant $\\alpha$” mixes words and mathematics",
    'ax.plot(y, label="loss $x$" if y else "line")': "the label “loss $x$” mixes words and mathematics",
    'ax.set_xticks([0, 1], labels=["$a$ or so", "line"])': "the label “$a$ or so” mixes words and mathematics",
    'ax.set_title(f"constant {0.5}")': f"the words “constant …” on the figure {TOGETHER}",
    'ax.text(0, 0, "constant %.1f" % 0.5)': f"the words “constant …” on the figure {TOGETHER}",
    'ax.plot(y, label="constant {}".format(0.5))': f"the words “constant …” on the figure {TOGETHER}",
    'ax.legend(title="constant " + str(0.5))': f"the words “constant …” on the figure {TOGETHER}",
    'ax.legend(labels=[f"run {n}" for n in range(2)])': f"the words “run …” on the figure {TOGETHER}",
    'ax.bar(["line", "step"], y); ax.axvline("step")': "“step” is a word at an axis too",
    "import matplotlib.animation as a; a.FuncAnimation(fig, print)": "FuncAnimation moves, and a page shows one drawing",
    "plt.pause(0.1)": "pause moves, and a page shows one drawing",
    "import matplotlib.widgets as w; w.Slider(ax, '$x$', 0, 1)": "Slider waits for a reader, and a page shows one drawing",
    "fig.canvas.mpl_connect('button_press_event', print)": "mpl_connect waits for a reader",
    'ax.set_title("\\u202e1")': "the text '\\u202e1' on the figure holds the invisible character U+202E; leave it out",
    'ax.set_title("1  2")': "“1  2” on the figure has spaces at an end or in a row",
    'ax.set_title(rf"$\\alpha = {0.5}$")': None,
    'ax.set_title("cost in \\\\$")': "no Chinese for “cost in \\$”",
    'ax.plot(y, label="_nolegend_")': None,
    'ax.set_xticks([0, 1], ["1e-3", "10 ms"])': None,
    'ax.set_title(r"$\\mathbf{loss}_k$")': "the label “$\\mathbf{loss}_k$” mixes words and mathematics",
    'ax.scatter(y, y, marker="$loss$")': "the marker “$loss$” is a word, and the same in both languages; take a symbol",
    'ax.plot(y, marker="$损$" if y else "o")': "the marker “$损$” is a word",
    'import matplotlib.markers as m; m.MarkerStyle(r"$\\rm loss$")': "the marker “$\\rm loss$” is a word",
    'ax.plot(y, marker=r"$\\beta$")': None,
    'ax.set_title(r"$\\operatorname{rank} A$")': None,
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_label(bare, said, line):
    change(snippet(bare), "# two points are enough\n", "")
    change(snippet(bare), "ax.legend()", line)
    write_catalogue(bare, {k: v for k, v in CATALOGUE.items() if k != "two points are enough"})
    assert said() == "" if FAULTS[line] is None else f"snippets/chapter/line.py:10: {FAULTS[line]}" in said()
