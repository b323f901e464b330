"""Which strings of a snippet are words of its figures, and that their translation changes nothing else of the program."""

import pytest

from downhill.manuscript import figure_text, localize

TRANSLATED = {
    'ax.set_xticks([0, 1], labels=["left", "right"])': 'ax.set_xticks([0, 1], labels=["左", "右"])',
    'plt.xticks([0, 1], ["left", "right"])': 'plt.xticks([0, 1], ["左", "右"])',
    'ax.boxplot(d, tick_labels=("left", "right"))': 'ax.boxplot(d, tick_labels=("左", "右"))',
    'ax.set_title("left", loc="left")': 'ax.set_title("左", loc="left")',
    'ax.set_title("left", {}, "right")': 'ax.set_title("左", {}, "right")',
    'ax.text(0, 1, "left", ha="right")': 'ax.text(0, 1, "左", ha="right")',
    'ax.bar(["left", "right"], [1, 2], color="left")': 'ax.bar(["左", "右"], [1, 2], color="left")',
    'ax.plot(y, "left", label="left" if y else None)': 'ax.plot(y, "left", label="左" if y else None)',
    'ax.table(cellText=[["left", "1"], ["right", "2"]])': 'ax.table(cellText=[["左", "1"], ["右", "2"]])',
    'ax.legend([a, b], ["left", "right"], title="left")': 'ax.legend([a, b], ["左", "右"], title="左")',
    'ax.legend(loc="right")': 'ax.legend(loc="right")',
    'AnchoredText("left", "right")': 'AnchoredText("左", "right")',
    'fig.supxlabel("left")': 'fig.supxlabel("左")',
    'fig.suptitle(t="left", x=0)': 'fig.suptitle(t="左", x=0)',
    'f(s="left", t="right")': 'f(s="left", t="right")',
    'print("left", d["right"])': 'print("left", d["right"])',
    'ax.plot(y, label="_left")': 'ax.plot(y, label="_left")',
    'ax.plot(y, label="left $x$")': 'ax.plot(y, label="left $x$")',
    '"\x0c\x0b\u2028"; ax.set_title("left")': '"\x0c\x0b\u2028"; ax.set_title("左")',
}


@pytest.mark.parametrize("source", TRANSLATED)
def test_words_of_a_figure(source):
    chinese = localize.localize(source, {"left": "左", "right": "右"})
    assert chinese == TRANSLATED[source]
    assert localize.program(chinese) == localize.program(source)
    assert localize.program(source) != localize.program(source.replace("(", "(0, ", 1))


@pytest.mark.parametrize(
    "text",
    ["left", "x", "cost in \\$", "5 loss", "a$b", "$x$ left", "$\\text{left}$", "损失", "(%) left"]
    + [
        r"$\mathrm{left}$",
        r"$\mathbf{left}_k$",
        r"$\operatorname{left}(x)$",
        r"$\textrm{up}$",
        r"$\rm left$",
        "$left$",
        "$损$",
    ],
)
def test_what_has_words(text):
    assert figure_text.has_words(text)


@pytest.mark.parametrize(
    "text",
    ["", "0.5", "1e−6", "-3E+05", "10 k", "2.5 ms", "3 µs", "50%", "$x$", "$\\beta = 0.5$", "1!", "→"]
    + [r"$\mathrm{RMSE}$", r"$\operatorname{rank} A$", r"$\log\alpha\beta$", r"$x_\mathrm{min}$", "$αβγδ$"],
)
def test_what_has_none(text):
    assert not figure_text.has_words(text)


@pytest.mark.parametrize(
    ("source", "text", "line"),
    [
        ("a = 1\nax.set_title('left')", "left", 2),
        ("a = 1\nax.set_title(f'run {a} of 3')", "run 1 of 3", 2),
        ("a = 1\nax.set_title('run %.1f' % a)", "run 1.0", 2),
        ("a = 1\nax.set_title('run {:.1f}'.format(a))", "run 1.0", 2),
        ("a = 1\nax.set_title('run ' + str(a) + ' of 3')", "run 1 of 3", 2),
        ("a = 1\nax.set_title(f'{a}')", "something else", None),
        ("a = 1\nax.set_title('left')", "right", None),
    ],
)
def test_the_line_a_text_comes_from(source, text, line):
    assert figure_text.line_of(source, text) == line
