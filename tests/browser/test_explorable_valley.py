"""The valley under the hand: ranges, presses, links, the sentence, and what is saved."""

import io

import pytest
from PIL import Image

from tests.browser.pages import DRAWN, regime_of, said, shown, until

STEM, FIGURE = "gradient-descent", "#fig-zigzag"
SAID = regime_of(FIGURE)
VALUES = "() => document.querySelector('x-valley').values"


def test_it_begins_as_its_program(touched):
    assert said(touched, FIGURE) == "across"
    assert shown(touched, FIGURE, "end") == ["0.739"]
    assert touched.evaluate("document.documentElement.scrollWidth") == touched.viewport_size["width"]


def test_by_keyboard(touched):
    rate = touched.locator(f"{FIGURE} [name=lr]")
    rate.focus()
    for _ in range(5):
        touched.keyboard.press("ArrowRight")
    until(touched, f"() => ({SAID})() === 'forever'")
    touched.keyboard.press("ArrowRight")
    until(touched, f"() => ({SAID})() === 'diverges'")
    assert rate.get_attribute("aria-valuetext") == "0.101"
    assert touched.locator(f"{FIGURE} [role=status]").inner_text().strip()
    touched.keyboard.press("Home")
    until(touched, f"() => ({SAID})() === 'slow'")


def test_by_press_and_drag(touched):
    plane = touched.locator(f"{FIGURE} .plane").bounding_box()
    x, y = plane["x"] + plane["width"] * 0.25, plane["y"] + plane["height"] * 0.25
    if touched.viewport_size["width"] < 600:
        touched.touchscreen.tap(x, y)
    else:
        touched.mouse.click(x, y)
    values = touched.evaluate(VALUES)
    assert (values["x1"], values["x2"]) == (pytest.approx(-6.6 + 8.6 / 4, abs=0.05), pytest.approx(1.9 / 2, abs=0.05))
    assert touched.locator("dialog[open]").count() == 0
    assert float(touched.locator(f"{FIGURE} [name=x1]").input_value()) == pytest.approx(values["x1"], abs=0.051)
    if touched.viewport_size["width"] > 600:
        touched.mouse.move(x, y)
        touched.mouse.down()
        touched.mouse.move(x + 30, y, steps=4)
        touched.mouse.up()
        assert touched.evaluate(VALUES)["x1"] > values["x1"] + 0.3


def test_a_finger_that_scrolls_past_sets_nothing(touched):
    plane = touched.locator(f"{FIGURE} .plane")
    before = touched.evaluate(VALUES)
    assert plane.evaluate("(element) => getComputedStyle(element).touchAction") == "pan-y"
    plane.evaluate("(element) => (element.setPointerCapture = () => {})")  # this finger is made up
    for kind, y in [("down", 300), ("move", 240), ("cancel", 240)]:
        options = {"pointerId": 5, "pointerType": "touch", "clientX": 200, "clientY": y, "bubbles": True}
        plane.evaluate(f"(element, options) => element.dispatchEvent(new PointerEvent('pointer{kind}', options))", options)
    plane.evaluate("(element) => delete element.setPointerCapture")
    assert touched.evaluate(VALUES) == before


def test_a_link_in_the_prose_sets_it_and_the_address_keeps_it(touched):
    touched.evaluate("scrollTo(0, 0)")
    link = touched.locator("a[data-set='lr=0.103']")
    link.evaluate("(element) => element.click()")
    until(touched, f"() => ({SAID})() === 'diverges'")
    assert touched.evaluate("location.hash") == "#fig-zigzag:lr=0.103"
    top = touched.locator(FIGURE).evaluate("(figure) => figure.getBoundingClientRect().top")
    assert 0 <= top < 200
    touched.locator(f"{FIGURE} [name=beta]").fill("0.5")
    until(touched, "() => location.hash === '#fig-zigzag:lr=0.103&beta=0.5'")
    assert said(touched, FIGURE) == "both"
    link.evaluate("(element) => element.click()")
    until(touched, f"() => ({VALUES})().beta === 0")


def test_the_buttons(touched):
    for press, words, lr, beta in [
        ("[data-words=pressone]", "slow", 0.05, 0),
        ("[data-words=star]", "across", 2 / 21, 0),
        ("[data-words=presstwo]", "forever", 0.1, 0),
        ("[data-words=pair]", None, 0.13358, 0.4026),
        ("[data-reset]", "across", 0.095238, 0),
    ]:
        button = touched.locator(f"{FIGURE} button{press}")
        assert button.bounding_box()["height"] >= 44
        button.click()
        values = touched.evaluate(VALUES)
        assert (values["lr"], values["beta"]) == (pytest.approx(lr, abs=1e-4), pytest.approx(beta, abs=1e-4))
        assert words in (said(touched, FIGURE), None)


def test_without_its_module_the_figure_stays(reader):
    with reader.page("en", STEM) as page:
        page.route("**/assets/element.*", lambda route: route.abort())
        page.locator(FIGURE).evaluate("(figure) => figure.scrollIntoView()")
        until(page, "() => document.querySelector('x-valley') === null")
        assert page.locator(f"{FIGURE} .drawing > svg[role=img]").count() == 1


def test_on_paper_there_are_no_controls(touched):
    touched.emulate_media(media="print")
    seen = [touched.locator(f"{FIGURE} {part}").is_visible() for part in ("x-valley", ".touched > svg")]
    touched.emulate_media(media="screen")
    assert seen == [False, True]


def test_it_is_saved_as_it_stands(touched, tmp_path):
    touched.locator(f"{FIGURE} [name=lr]").fill("0.06")
    touched.evaluate(DRAWN)
    touched.locator(f"{FIGURE} .enlarge").evaluate("(button) => button.click()")
    bar = touched.locator(".figure-bar")
    with touched.expect_download() as png:
        bar.get_by_text("PNG").click()
    png.value.save_as(tmp_path / "valley.png")
    image = Image.open(io.BytesIO((tmp_path / "valley.png").read_bytes())).convert("RGB")
    assert image.size == (921, 812)
    colours = {colour: count for count, colour in image.getcolors(1 << 20)}
    blue = {"light": (11, 95, 165), "dark": (125, 183, 240)}
    assert max(colours.get(each, 0) for each in blue.values()) > 1000
    with touched.expect_download() as svg:
        bar.get_by_text("SVG").click()
    touched.keyboard.press("Escape")
    svg.value.save_as(tmp_path / "valley.svg")
    text = (tmp_path / "valley.svg").read_text(encoding="utf-8")
    assert "var(" not in text and text.count("<path") > 15


def test_the_larger_view_shows_it(touched):
    touched.locator(f"{FIGURE} [name=beta]").fill("0.5")
    until(touched, "() => location.hash === '#fig-zigzag:beta=0.5'")
    touched.locator(f"{FIGURE} .enlarge").click()
    larger = touched.locator("dialog[open] svg").get_attribute("viewBox")
    address = touched.locator(".figure-bar a").get_attribute("href")
    ids = touched.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    touched.keyboard.press("Escape")
    assert address == touched.evaluate("location.hash") == "#fig-zigzag:beta=0.5"
    assert larger == touched.locator(f"{FIGURE} .touched > svg").get_attribute("viewBox")
    assert len(ids) == len(set(ids))
