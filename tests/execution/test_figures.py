"""What a figure shows on a page: every kind of mark in its colours, every text in its language, or a sentence."""

import itertools
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from downhill.execution.figures import FigureError, theme
from downhill.execution.figures.legible import contrast, luminance
from downhill.execution.figures.svg import inline
from tests.book import ROOT
from tests.execution.drawing import LINE, SVG, drawn, refused, right, texts

pytestmark = pytest.mark.usefixtures("style")

KINDS = {
    "hatched bars": 'ax.bar([0, 1], [3, 2], hatch="//", label="left")\nax.bar([3], [3], hatch="..", color="none")\nax.legend()',
    "hatched areas": 'ax.fill_between([0, 1], [1, 2], hatch="xx")\nax.contourf(x, y, x * y, levels=2, hatches=["//", None])',
    "histograms": 'ax.hist(rng.normal(size=99))\nax.hist(rng.normal(size=99), histtype="step", hatch="/")',
    "polygons": "ax.fill([0, 1, 1], [0, 0, 1], alpha=0.3)\nax.axvspan(0, 1)\nax.stackplot([0, 1], [1, 2], [2, 1])",
    "arrows": "ax.quiver([0, 1], [0, 1], [1, 1], [1, 0])\nax.barbs([0, 1], [0, 1], [9, 60], [9, 0])",
    "coloured arrows": "ax.quiver(x[::9], y[::9], x[::9], y[::9], np.hypot(x, y)[::9])",
    "box plots": "ax.boxplot([[1, 2, 3, 9]], positions=[4])\nax.violinplot([rng.normal(size=50)])",
    "error bars": "ax.errorbar([0, 1], [1, 2], yerr=0.2, capsize=3)",
    "steps": "ax.stem([0, 1], [1, 2])\nax.stairs([1, 2])\nax.step([0, 1], [1, 2])",
    "level lines": "ax.clabel(ax.contour(x, y, x**2 + 3 * y**2, levels=[0.5, 1, 2, 4, 8]))",
    "levels": 'fig.colorbar(ax.contourf(x, y, x * y), label="loss")',
    "colours by value": "ax.scatter(rng.normal(size=50), rng.normal(size=50), c=np.arange(50))",
    "hexagons": "ax.hexbin(rng.normal(size=200), rng.normal(size=200), gridsize=8)",
    "triangles": "ax.tricontourf([0, 1, 0, 1], [0, 0, 1, 1], [0, 1, 2, 3])",
    "streams": "ax.streamplot(x, y, -y, x, density=0.5)",
    "a pie": 'ax.pie([1, 2], labels=["left", "right"])',
    "polar axes": 'plt.close(fig)\nfig, ax = plt.subplots(subplot_kw={"projection": "polar"})\nax.plot([0, 1, 2], [1, 2, 3])',
    "black": 'ax.bar([0], [1], color="k")\nax.scatter([0], [1], c="black")\nax.fill([0, 1, 1], [0, 0, 1], "k")',
    "see-through": 'ax.plot([0, 1], color=("C1", 0.5))\nax.fill_between([0, 1], [0, 1], color="C2", alpha=0.2)',
    "a legend in a frame": 'ax.plot([0, 1], label="left")\nax.legend(frameon=True)',
    "many small marks": "ax.scatter(rng.normal(size=2_500), rng.normal(size=2_500), s=1)",
    "a light line on a dark one": "from matplotlib.patheffects import withStroke\n"
    'ax.plot([0, 1], path_effects=[withStroke(linewidth=4, foreground="w")])',
    "an inset": "ax.plot([0, 1])\nother = ax.inset_axes([0.6, 0.2, 0.3, 0.3])\nother.plot([0, 1])\n"
    "ax.indicate_inset_zoom(other)",
    "a table in the theme's colours": "ax.set_axis_off()\n"
    'ax.table([["1", "2"]], cellColours=[["C0", "w"]], rowLabels=["3"], rowColours=["w"])[0, 0].get_text().set_color("w")',
    "units": 'from matplotlib.ticker import EngFormatter\nax.plot([0, 1e4])\nax.yaxis.set_major_formatter(EngFormatter("Hz"))',
    "an exponent beside the axis": "ax.plot([1e-7, 3e-7])",
    "a cut-off drawing": "ax.plot([0, 1], clip_path=plt.Circle((0, 0), 1, transform=ax.transData))",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows(kind):
    first, again = drawn(KINDS[kind]), drawn(KINDS[kind])
    assert first == again
    for svg in first.values():
        right(svg)


def test_a_hatch_is_found_and_follows_the_theme():
    root = ET.fromstring(drawn(KINDS["hatched bars"])["en"])
    patterns = {element.get("id"): element for element in root.iter(f"{SVG}pattern")}
    filled = [element.get("fill") for element in root.iter(f"{SVG}path")]
    assert {f"url(#{identity})" for identity in patterns} <= set(filled)
    assert [(p.find(f"{SVG}rect").get("fill"), p.find(f"{SVG}path").get("stroke")) for p in patterns.values()] == [
        ("var(--fig-1)", "currentColor"),
        ("none", "currentColor"),
    ]


KEPT = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'
REFERENCES = ['fill="url(#a)"', 'style="stroke: url(#a)"', 'mask="url(#a)"', 'marker-end="url(#a)"', 'filter="url(#a)"']
REFERENCES += ['clip-path="url(#a)"', 'xlink:href="#a"', 'style="fill: none; filter: url(#a)"']


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_reference_is_renamed_or_refused(reference):
    svg = inline(KEPT.format(f'<defs><g id="a"><path d="M 0 0"/></g></defs><use {reference}/>'), "one/two-1")
    assert svg.count("one-two-1-a") == 2
    with pytest.raises(FigureError, match="refers to #a, which it does not hold"):
        inline(KEPT.format(f"<use {reference}/>"), "one/two-1")


def test_no_fill_is_the_colour_of_the_text():
    for lines in (KINDS["arrows"], KINDS["black"]):
        svg = drawn(lines)["en"]
        assert svg.startswith("<svg") and 'fill="currentColor"' in svg[: svg.index(">")]
        assert "#000" not in svg


COLOURS = {
    'ax.plot([0, 1], color="red")': "the colour red (#ff0000)",
    'ax.plot([0, 1], "g")': "#008000",
    'ax.plot([0, 1], color="tab:blue")': "the colour tab:blue (#1f77b4)",
    'ax.plot([0, 1], color="0.8")': "the colour 0.8 (#cccccc)",
    "ax.plot([0, 1], color=(0.04, 0.37, 0.65, 0.5))": "the colour #0a5ea6",
    'ax.axhline(0)\nax.set_facecolor("lightyellow")': "the colour lightyellow (#ffffe0)",
    'ax.axhline(0)\nfig.set_facecolor("lightyellow")': "the colour lightyellow (#ffffe0)",
    'ax.bar([0], [1], hatch="/", edgecolor="orange")': "the colour orange (#ffa500)",
    'ax.text(0, 0, "loss", color="navy")': "the colour navy (#000080)",
    'ax.contour(x, y, x * y, cmap="viridis")': "of the colour map viridis",
    'ax.scatter([0, 1], [0, 1], c=[0, 1], cmap="coolwarm")': "of the colour map coolwarm",
    'ax.quiver([0], [0], [1], [1], [1], cmap="Spectral")': "is none of the book's",
    'ax.table(cellText=[["1", "2"]], cellColours=[["red", "w"]])': "the colour red (#ff0000)",
    'ax.axis("off")\nax.table([["1"]], rowLabels=["2"], colLabels=["3"], colColours=["0.3"])': "the colour 0.3 (#4c4c4c)",
    'ax.table([["1"]])[0, 0].set_facecolor("navy")': "the colour navy (#000080)",
    'ax.table([["1"]])[0, 0].set_edgecolor("navy")': "the colour navy (#000080)",
    'ax.table([["1"]])[0, 0].get_text().set_color("navy")': "the colour navy (#000080)",
}


@pytest.mark.parametrize("lines", COLOURS)
def test_a_colour_of_no_theme_is_named(lines):
    error = refused(lines, COLOURS[lines])
    assert 'use C0 to C5, "0.5", "k", "w"' in str(error)
    assert error.line in (LINE + lines.count("\n"), None)


def variables() -> list[dict[str, str]]:
    """Return the figures' colours of the light and of the dark theme."""
    css = (ROOT / "docs" / "theme" / "assets" / "book.css").read_text()
    light, dark = (
        css[css.index(start) :].partition("}")[0] for start in ("[data-md-color-scheme] {", '[data-md-color-scheme="slate"]')
    )
    return [dict(re.findall(r"--(fig-[\w-]+): (#\w{6});", rules)) for rules in (light, dark)]


def test_the_colour_map_is_seen_on_both_pages():
    for names, ground in zip(variables(), ("#ffffff", "#1e2029"), strict=True):
        shades = [np.array(to_rgb(names[f"fig-shade-{place}"])) for place in range(theme.SHADES)]
        assert all(lighter > darker * 1.03 for darker, lighter in itertools.pairwise(map(luminance, shades))), (
            "each is lighter than the one before"
        )
        for shade in shades:
            assert contrast(shade, np.array(to_rgb(ground))) >= 3, "lines are seen on the page"


def test_every_variable_of_a_figure_is_a_colour_of_both_themes():
    used = {
        match for value in (*theme.VARIABLES.values(), *theme.SHADE.values()) for match in re.findall(r"--(fig-[\w-]+)", value)
    }
    light, dark = variables()
    assert used == light.keys() == dark.keys()
    assert len(set(light.values())) == len(set(dark.values())) == len(used)


def test_level_lines_can_be_told_apart():
    svg = drawn("ax.contour(x, y, x**2 + 3 * y**2, levels=[0.5, 1, 2, 4, 8])")["en"]
    assert len(set(re.findall(r"var\(--fig-shade-\d+\)", svg))) == 5


FORMULAS = [r"\sqrt{x^2+1}", r"\mathcal{O}(1/k^2)", r"\mathbb{E}[g]", r"\left(\frac{a}{b}\right)", r"\sum_i x_i", r"\int_0^1"]
FORMULAS += [r"\hat{x}", r"\bar{x}", r"\vec{x}", r"x^\prime", r"\mathfrak{g}", r"\mathscr{L}", r"\binom{n}{k}"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_needs_other_fonts_is_drawn_as_paths(formula):
    before = drawn("ax.set_axis_off()\nax.axhline(0)")["en"]
    svg = drawn(f"ax.set_axis_off()\nax.axhline(0)\nax.text(0.5, 0.5, r'${formula}$')")["en"]
    right(svg)
    assert "<tspan" not in svg and svg.count("<path") == before.count("<path") + 1


@pytest.mark.parametrize("formula", [r"\beta = 0.9", r"f(x) \leq \lambda^2", r"\|x\|_2", "10^{-3}", r"\alpha_k \nabla f"])
def test_a_formula_that_the_pages_font_has_stays_text(formula):
    assert "<tspan" in drawn(f"ax.set_axis_off()\nax.text(0.5, 0.5, r'${formula}$')")["en"]


WORDS = {
    'ax.bar([0, 1], [1, 2])\nax.set_xticks([0, 1], labels=["left", "right"])': ["左边", "右边"],
    'ax.set_xticks([0, 1], ["left", "right"])': ["左边", "右边"],
    'plt.xticks([0, 1], ["left", "right"])': ["左边", "右边"],
    'plt.yticks([0, 1], labels=("left", "right"))': ["左边", "右边"],
    'ax.set_xticks([0, 1])\nax.set_xticklabels(["left", "right"])': ["左边", "右边"],
    'ax.set(xticks=[0, 1], xticklabels=["left", "right"])': ["左边", "右边"],
    'ax.boxplot([[1, 2], [2, 3]], tick_labels=["left", "right"])': ["左边", "右边"],
    'ax.bar(["left", "right"], [1, 2])': ["左边", "右边"],
    'ax.bar_label(ax.bar([0, 1], [1, 2]), ["left", "right"])': ["左边", "右边"],
    'fig.supxlabel("time")\nfig.supylabel("loss")': ["时间", "损失"],
    'fig.suptitle("time")\nax.set_title("left", loc="left")\nax.set_title("right", {"fontsize": 10}, "right")': [
        "时间",
        "左边",
        "右边",
    ],
    'ax.plot([0, 1], label="up")\nax.legend(title="loss")': ["损失", "上"],
    'ax.plot([0, 1])\nax.legend(["up"]).set_title("loss")': ["损失", "上"],
    'ax.annotate("loss", (0.5, 0.5), (0.2, 0.2), arrowprops={"arrowstyle": "->"})\nfig.text(0.1, 0.1, s="time")': [
        "损失",
        "时间",
    ],
    'ax.table(cellText=[["up", "1"]], colLabels=["left", "right"], loc="center")\nax.axis("off")': ["上", "左边", "右边"],
    'fig.colorbar(ax.contourf(x, y, x)).set_label("loss")': ["损失"],
    'for n in range(2):\n    ax.plot([n, 1], label="up" if n else "down")\nax.legend()': ["上", "下"],
    'ax.quiverkey(ax.quiver([0, 1], [0, 1], [1, 1], [1, 0]), 0.5, 0.9, 1, "loss")': ["损失"],
    'ax.set_title("two\\nlines")': ["两行", "文字"],
    'from matplotlib.offsetbox import AnchoredText\nax.add_artist(AnchoredText("loss", "upper left"))': ["损失"],
    'ax.hist([[1, 2], [2, 3]], label=["left", "right"])\nax.set_ylim(0, 3)\nax.legend(loc="upper left")': ["左边", "右边"],
    'ax.secondary_xaxis("top").set_xlabel("time")\nax.twinx().set_ylabel("loss")': ["时间", "损失"],
}


@pytest.mark.parametrize("lines", WORDS)
def test_every_word_is_in_the_pages_language(lines):
    svg = drawn(f"{lines}\nax.axhline(0.5)")
    for language in svg:
        right(svg[language])
    shown = [text for text in texts(svg["zh"]) if re.search(r"[^\W\d_]", text)]
    assert sorted(shown) == sorted(WORDS[lines])
    assert all(re.fullmatch(r"[\W\d_a-z]*", text) for text in texts(svg["en"]))


SEEN = (
    'ax.text(0.5, 0.5, "loss", clip_on=True)',
    'ax.text(3, 0.5, "loss", clip_on=True, visible=False)\nax.text(0.5, 0.5, "loss")',
    'ax.annotate("loss", (0.5, 0.5), clip_on=True)',
    'ax.set(xlim=(0, 1))\nax.annotate("loss", (3, 0.5), (0.5, 0.5), annotation_clip=False)',
    'ax.text(0.5, 0.5, "loss", clip_path=plt.Circle((0.5, 0.5), 0.4, transform=ax.transData), clip_on=True)',
)


@pytest.mark.parametrize("lines", SEEN)
def test_a_text_that_is_clipped_and_not_cut_is_shown(lines):
    assert "损失" in texts(drawn(lines)["zh"])


def test_no_exponent_is_too_small_for_a_phone():
    svg = drawn('ax.axhline(0)\nax.set(xscale="log", xlim=(1e-6, 1e3), xlabel=r"$x_k^{-1/2}$")')["en"]
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)}
    assert 9.64 <= min(sizes) < max(sizes) == 11
    formulas = {"".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")}
    assert {"0.0001", "0.01", "1", "100", "10−6"} <= formulas and "10−4" not in formulas


REFUSED = {
    'ax.plot([0, 1], label=r"loss $x$")\nax.legend()': (LINE, "“loss $x$” mixes words and mathematics"),
    'ax.set_title(r"$\\text{loss}$")': (LINE, "mixes words and mathematics"),
    'ax.set_title(r"$\\mathrm{loss}$")': (LINE, "mixes words and mathematics"),
    'ax.plot([0, 1])\nax.set_title(f"constant {0.5}")': (LINE + 1, "“constant 0.5” on the figure are put together"),
    'ax.set_title("run %d" % 3)': (LINE, "“run 3” on the figure are put together"),
    'ax.set_title("run {}".format(3))': (LINE, "“run 3” on the figure are put together"),
    'ax.set_title("run " + str(3))': (LINE, "“run 3” on the figure are put together"),
    'names = ["here", "there"]\nax.set_xticks([0, 1], labels=names)': (LINE, "“here” stands on the figure, but is no literal"),
    "ax.plot([0, 1])\nax.yaxis.set_major_formatter(lambda v, _: 'low')": (LINE + 1, "“low” stands on the figure"),
    'import matplotlib.dates as d\nax.xaxis.set_major_formatter(d.DateFormatter("%b"))': (None, "“Jan” stands on the figure"),
    'ax.set_title("a long label that says much more than can stand on one line of the figure")': (
        LINE,
        "runs out of the figure",
    ),
    'ax.set_ylabel("a long label that says much more than can stand on one line of the figure")': (
        LINE,
        "runs out of the figure",
    ),
    'ax.plot([0, 1])\nax.text(float("nan"), 0, "loss")': (LINE + 1, "“loss” stands nowhere on the figure"),
    'ax.text(3, 0.5, "loss", clip_on=True)': (LINE, "“loss” is cut off at the edge of its axes (clip_on)"),
    'ax.plot([0, 1])\nax.text(1.02, 0.5, "loss", clip_on=True)': (LINE + 1, "“loss” is cut off"),
    'ax.text(0.3, 1.2, "loss").set_clip_on(True)': (LINE, "“loss” is cut off"),
    'from matplotlib.transforms import Bbox\nax.text(0.5, 0.5, "loss").set(clip_on=True, clip_box=Bbox.unit())': (
        LINE + 1,
        "“loss” is cut off",
    ),
    'ax.text(0.5, 0.5, "loss", clip_path=plt.Circle((0, 0), 0.3, transform=ax.transData), clip_on=True)': (
        LINE,
        "“loss” is cut off",
    ),
    'ax.annotate("loss", (0.5, 0.5), (1.5, 0.5), clip_on=True, annotation_clip=False)': (LINE, "“loss” is cut off"),
    'ax.annotate("loss", (3, 0.5), (0.5, 0.5))': (LINE, "“loss” is not drawn, as the point of which it tells lies outside"),
    'ax.set(xlim=(0, 2))\nax.annotate("time", (0.5, 3), (0.5, 0.5), annotation_clip=True)': (LINE + 1, "“time” is not drawn"),
    'ax.plot([0, 1])\nax.yaxis.set_major_formatter("{x:.1f} steps")': (LINE + 1, "steps” on the figure are put together"),
    'fig.text(0.9, 0.5, "words that begin late")': (LINE, "runs out of the figure"),
    'ax.bar(["many words that stand in one place", "many words that stand in another", "more"], [1, 2, 3])': (
        LINE,
        "stand on each other",
    ),
    "ax.set(xlim=(0, 99))\nax.set_xticks(range(100))": (None, "“0” and “1” stand on each other on the figure"),
    'ax.plot([0, 1])\nax.text(0.5, 0.5, "0.25")\nax.text(0.5, 0.5, "$0.2$")': (LINE + 1, "“0.25” and “$0.2$” stand on each"),
    'ax.plot([0, 1])\nax.set_title("1   2")': (LINE + 1, "“1   2” on the figure has spaces at an end or in a row, of which"),
    'ax.text(0.1, 0.1, f"{3.5:5.1f}")': (None, "“  3.5” on the figure has spaces at an end"),
    'ax.set_title("1 \\n2")': (LINE, "on the figure has spaces at an end"),
    'fig.set_size_inches(1, 0.5)\nax.set(xlabel="loss", ylabel="time")': (None, "leave no room for the axes"),
    'ax.set_title("loss", fontsize=9)': (LINE, "“loss” is 9 points high, too small for a phone"),
    "ax.tick_params(labelsize=8)": (None, "“0.0” is 8 points high"),
    'ax.set_xlabel("loss")\nfig.set_size_inches(6, 4)': (LINE + 1, "the figure is 6 inches wide"),
    'ax.axhline(0)\nax.set_title("here")': (LINE + 1, "the catalogue has no translation of “here”; run `make translate`"),
    'ax.text(0, 0, "1\\u202e2")': (LINE, "the text '1\\u202e2' on the figure holds the invisible character U+202E;"),
    'ax.set_title("\\u2066loss")': (LINE, "the invisible character U+2066"),
    'ax.set_title(chr(0x61c) + "1")': (None, "the invisible character U+061C"),
    'ax.set_title("1\\xad2")': (LINE, "the invisible character U+00AD"),
    "ax.plot([0, 1, 0], sketch_params=(1, 100, 2))": (LINE, "the figure is drawn as by hand, beside its numbers; leave"),
    "ax.plot([0, 1, 0], sketch_params=3)": (LINE, "the figure is drawn as by hand"),
    "ax.axhline(0)\nax.plot([0, 1, 0])[0].set_sketch_params(3)": (LINE + 1, "the figure is drawn as by hand"),
    "ax.xaxis.set_sketch_params(3)": (LINE, "the figure is drawn as by hand"),
    "with plt.xkcd():\n    plt.figure().add_subplot().plot([0, 1, 0])": (LINE, "the figure is drawn as by hand"),
    'ax.set_title("\\ue000")': (LINE, "no font of the figures has U+E000"),
    'ax.set_title("\\x01")': (LINE, "no font of the figures has U+0001"),
    'ax.set_title("\\U0001f388")': (LINE, "no font of the figures has U+1F388 (BALLOON)"),
    'ax.set_title(r"$损$")': (LINE, "mixes words and mathematics"),
    'ax.set_title(r"$🦉$")': (LINE, "has no glyph"),
    'ax.set_title(r"$\\nonsense$")': (LINE, "Unknown symbol: \\nonsense"),
    'ax.set_title("loss", family="monospace")': (LINE, "is set in monospace"),
    'with plt.rc_context({"font.family": "serif"}):\n    ax.set_title("loss")\n    ax.text(0, 0, "left")': (
        LINE + 2,
        "is set in serif",
    ),
    'ax.set_title("loss", usetex=True)': (LINE, "set by TeX"),
    'ax.plot([0, 1])[0].set_url("https://example.org")\nax.scatter([0], [0], urls=["https://example.org"])': (LINE, "links to"),
    "def low(value, place):\n    return 1 / 0\n\nax.xaxis.set_major_formatter(low)": (
        None,
        "ZeroDivisionError: division by zero",
    ),
    "ax.imshow([[0, 1]])": (LINE, "a raster image (imshow"),
    "ax.plot([0, 1])\nfig.figimage(np.eye(5))": (LINE + 1, "a raster image"),
    "ax.pcolormesh([[0, 1]])": (LINE, "a raster (pcolormesh"),
    "ax.inset_axes([0.5, 0.5, 0.4, 0.4]).pcolormesh([[0, 1]])": (LINE, "a raster (pcolormesh"),
    "ax.pcolor([[0, 1]])": (LINE, "a raster (pcolormesh"),
    "ax.hist2d([0, 1], [0, 1])": (LINE, "a raster (pcolormesh"),
    "ax.plot([0, 1], rasterized=True)": (LINE, "drawn as a raster (rasterized"),
    "fig.colorbar(plt.cm.ScalarMappable(), ax=ax)": (LINE, "a colorbar without steps"),
    'ax.tripcolor([0, 1, 0], [0, 0, 1], [0, 1, 2], shading="gouraud")': (LINE, "shaded smoothly"),
    'fig.add_subplot(projection="3d")': (LINE, "3-D axes"),
    "ax.scatter(rng.normal(size=20_000), rng.normal(size=20_000), s=1)": (LINE, "the drawing has 20,0"),
    'ax.plot(rng.normal(size=100_000), "o")': (LINE, "the drawing has 100,0"),
    "ax.fill_between(np.arange(100_000), rng.normal(size=100_000))": (None, "kB on each page"),
}


@pytest.mark.parametrize("lines", REFUSED)
def test_what_a_page_cannot_show_is_refused_with_its_line(lines):
    line, sentence = REFUSED[lines]
    assert refused(lines, sentence).line == line
