"""The valley under the hand: ranges, presses, links, the sentence, what is saved, and what stays without a script."""

import io
import re

import pytest
from PIL import Image

from downhill import LANGUAGES
from tests.browser.pages import live, regime_of, said, settled, shown, until

STEM, FIGURE = "gradient-descent", "#fig-zigzag"
LIVE = "() => document.querySelector('#fig-zigzag .touched > svg')"
SAID = regime_of(FIGURE)
VALUES = "() => document.querySelector('x-valley').values"


@pytest.fixture(params=[("en", "light", 1280), ("zh", "dark", 360)], ids=str)
def page(reader, request):
    language, scheme, width = request.param
    with reader.page(language, STEM, scheme=scheme, width=width) as opened:
        yield opened


def test_nothing_is_loaded_before_it_is_near_and_nothing_shifts(open_page, served):
    page = open_page(f"{served.address}en/{STEM}/")
    settled(page)
    assert not [url for url, _ in page.loaded if re.search(r"/(valley|rate|element|plot)\.", url)]
    page.evaluate("document.querySelector('#fig-zigzag').scrollIntoView()")
    until(page, f"() => ({LIVE})() !== null")
    settled(page)
    assert [status for url, status in page.loaded if re.search(r"/(valley|element|plot)\.", url)] == [200] * 4
    assert page.evaluate("violations") == [] and page.trouble == []
    assert page.evaluate("shifted") < 0.005  # a number appears in its line


def test_the_live_drawing_begins_where_the_still_one_stood(page):
    box = (
        "() => document.querySelector('#fig-zigzag figcaption').getBoundingClientRect().top - "
        "document.querySelector('#fig-zigzag').getBoundingClientRect().top"
    )
    page.evaluate("document.querySelector('article').classList.add('whole')")
    before = page.evaluate(box)
    live(page, FIGURE)
    assert page.evaluate(box) == pytest.approx(before, abs=1)
    assert page.evaluate(SAID) == "across"
    assert shown(page, FIGURE, "end") == ["0.739"]
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_by_keyboard(page):
    live(page, FIGURE)
    rate = page.locator(f"{FIGURE} [name=lr]")
    rate.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    until(page, f"() => ({SAID})() === 'forever'")
    page.keyboard.press("ArrowRight")
    until(page, f"() => ({SAID})() === 'diverges'")
    assert rate.get_attribute("aria-valuetext") == "0.101"
    assert page.locator(f"{FIGURE} [role=status]").inner_text().strip()
    page.keyboard.press("Home")
    until(page, f"() => ({SAID})() === 'slow'")


def test_by_press_and_drag(page):
    live(page, FIGURE)
    plane = page.locator(f"{FIGURE} .plane").bounding_box()
    x, y = plane["x"] + plane["width"] * 0.25, plane["y"] + plane["height"] * 0.25
    if page.viewport_size["width"] < 600:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)
    values = page.evaluate(VALUES)
    assert (values["x1"], values["x2"]) == (pytest.approx(-6.6 + 8.6 / 4, abs=0.05), pytest.approx(1.9 / 2, abs=0.05))
    assert page.locator("dialog[open]").count() == 0
    assert float(page.locator(f"{FIGURE} [name=x1]").input_value()) == pytest.approx(values["x1"], abs=0.051)
    if page.viewport_size["width"] > 600:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y, steps=4)
        page.mouse.up()
        assert page.evaluate(VALUES)["x1"] > values["x1"] + 0.3


def test_a_finger_that_scrolls_past_sets_nothing(reader):
    with reader.page("zh", STEM, width=390) as page:
        live(page, FIGURE)
        plane = page.locator(f"{FIGURE} .plane")
        before = page.evaluate(VALUES)
        assert plane.evaluate("(element) => getComputedStyle(element).touchAction") == "pan-y"
        plane.evaluate("(element) => (element.setPointerCapture = () => {})")  # this finger is made up
        for kind, y in [("down", 300), ("move", 240), ("cancel", 240)]:
            options = {"pointerId": 5, "pointerType": "touch", "clientX": 200, "clientY": y, "bubbles": True}
            plane.evaluate(f"(element, options) => element.dispatchEvent(new PointerEvent('pointer{kind}', options))", options)
        assert page.evaluate(VALUES) == before


def test_a_link_in_the_prose_sets_it_and_the_address_keeps_it(page):
    link = page.locator("a[data-set='lr=0.103']")
    link.evaluate("(element) => element.click()")
    until(page, f"() => document.querySelector('{FIGURE} .touched > svg') !== null")
    until(page, f"() => ({SAID})() === 'diverges'")
    assert page.evaluate("location.hash") == "#fig-zigzag:lr=0.103"
    top = page.locator(FIGURE).evaluate("(figure) => figure.getBoundingClientRect().top")
    assert 0 <= top < 200
    page.locator(f"{FIGURE} [name=beta]").fill("0.5")
    until(page, "() => location.hash === '#fig-zigzag:lr=0.103&beta=0.5'")
    assert said(page, FIGURE) == "both"
    link.evaluate("(element) => element.click()")
    until(page, f"() => ({VALUES})().beta === 0")


def test_the_buttons(page):
    live(page, FIGURE)
    for press, words, lr, beta in [
        ("[data-words=pressone]", "slow", 0.05, 0),
        ("[data-words=star]", "across", 2 / 21, 0),
        ("[data-words=presstwo]", "forever", 0.1, 0),
        ("[data-words=pair]", None, 0.13358, 0.4026),
        ("[data-reset]", "across", 0.095238, 0),
    ]:
        button = page.locator(f"{FIGURE} button{press}")
        assert button.bounding_box()["height"] >= 44
        button.click()
        settled(page)
        values = page.evaluate(VALUES)
        assert (values["lr"], values["beta"]) == (pytest.approx(lr, abs=1e-4), pytest.approx(beta, abs=1e-4))
        assert words in (said(page, FIGURE), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_restores_what_it_tells(reader, language):
    with reader.page(language, STEM, anchor="#fig-zigzag:lr=0.12&beta=0.5&x1=1.5&kappa=40&nonsense=3&x2=oops") as page:
        until(page, f"() => document.querySelector('{FIGURE} .touched > svg') !== null")
        values = page.evaluate(VALUES)
        assert values == {"lr": 0.12, "beta": 0.5, "kappa": 40, "x1": 1.5, "x2": 1.5}
        assert page.locator(FIGURE).evaluate("(figure) => figure.getBoundingClientRect().top") < 300


def test_without_a_script_the_figure_stays(reader):
    with reader.page("zh", STEM, java_script_enabled=False, anchor="#fig-zigzag") as page:
        assert page.locator(f"{FIGURE} .drawing > svg[role=img]").count() == 1
        assert not page.locator(f"{FIGURE} x-valley").is_visible()
        assert page.locator("a[data-set='lr=0.103']").get_attribute("href") == "#fig-zigzag"


def test_without_its_module_the_figure_stays(reader):
    with reader.page("en", STEM) as page:
        page.route("**/assets/element.*", lambda route: route.abort())
        page.locator(FIGURE).evaluate("(figure) => figure.scrollIntoView()")
        until(page, "() => document.querySelector('x-valley') === null")
        assert page.locator(f"{FIGURE} .drawing > svg[role=img]").count() == 1


def test_on_paper_there_are_no_controls(reader):
    with reader.page("en", STEM) as page:
        live(page, FIGURE)
        page.emulate_media(media="print")
        assert not page.locator("x-valley").is_visible()
        assert page.locator(f"{FIGURE} .touched > svg").is_visible()


def test_it_is_saved_as_it_stands(page, tmp_path):
    live(page, FIGURE)
    page.locator(f"{FIGURE} [name=lr]").fill("0.06")
    settled(page)
    page.locator(f"{FIGURE} .enlarge").evaluate("(button) => button.click()")
    bar = page.locator(".figure-bar")
    with page.expect_download() as png:
        bar.get_by_text("PNG").click()
    png.value.save_as(tmp_path / "valley.png")
    image = Image.open(io.BytesIO((tmp_path / "valley.png").read_bytes())).convert("RGB")
    assert image.size == (921, 812)
    colours = {colour: count for count, colour in image.getcolors(1 << 20)}
    blue = {"light": (11, 95, 165), "dark": (125, 183, 240)}
    assert max(colours.get(each, 0) for each in blue.values()) > 1000
    with page.expect_download() as svg:
        bar.get_by_text("SVG").click()
    svg.value.save_as(tmp_path / "valley.svg")
    text = (tmp_path / "valley.svg").read_text(encoding="utf-8")
    assert "var(" not in text and text.count("<path") > 15


def test_the_larger_view_shows_it(page):
    live(page, FIGURE)
    page.locator(f"{FIGURE} [name=beta]").fill("0.5")
    until(page, "() => location.hash !== ''")
    page.locator(f"{FIGURE} .enlarge").click()
    shown = page.locator("dialog[open] svg")
    assert page.locator(".figure-bar a").get_attribute("href") == page.evaluate("location.hash") == "#fig-zigzag:beta=0.5"
    assert shown.get_attribute("viewBox") == page.locator(f"{FIGURE} .touched > svg").get_attribute("viewBox")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_with_forced_colours_its_controls_are_seen(reader):
    with reader.page("en", STEM) as page:
        live(page, FIGURE)
        page.emulate_media(forced_colors="active")
        assert page.locator(f"{FIGURE} [name=lr]").is_visible()
        assert page.locator(f"{FIGURE} button").first.evaluate("(b) => getComputedStyle(b).borderTopStyle") == "solid"
