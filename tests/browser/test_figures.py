"""The tools of a figure, and its size on a phone."""

import io
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from downhill import LANGUAGES
from tests.browser.pages import CHAPTERS, SHOTS, shoot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_a_figure_opens_zooms_and_closes(reader, language, scheme, width):
    with reader.page(language, scheme=scheme, width=width) as page:
        figure = page.locator("#fig-valley")
        button = figure.locator(".figure-tools button").first
        assert page.locator("dialog[open]").count() == 0
        button.focus()
        page.keyboard.press("Enter")
        picture = page.locator("dialog[open] svg")
        picture.wait_for()
        assert page.locator("dialog[open]").get_attribute("aria-label").startswith({"en": "Figure 1", "zh": "图 1"}[language])
        before = picture.bounding_box()
        assert before["x"] >= 0 and before["x"] + before["width"] <= width and before["y"] >= 0
        page.keyboard.press("+")
        assert picture.bounding_box()["width"] > 1.4 * before["width"]
        shoot(page, f"zoom-{language}-{scheme}-{width}")
        page.keyboard.press("0")
        assert abs(picture.bounding_box()["width"] - before["width"]) < 1
        page.locator(".figure-stage").dispatch_event("wheel", {"deltaY": -300, "clientX": 200, "clientY": 300})
        assert picture.bounding_box()["width"] > 2 * before["width"]
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        assert button.evaluate("(element) => element === document.activeElement")
        figure.locator(".drawing").click()
        assert page.locator("dialog[open]").count() == 1
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
        assert [identity for identity, count in Counter(ids).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_caption_stays_at_its_figure(reader, language):
    with reader.page(language, width=360) as page:
        figure = page.locator("#fig-valley")
        drawing, caption = (figure.locator(part).bounding_box() for part in (".drawing", "figcaption"))
        assert caption["y"] - drawing["y"] - drawing["height"] < 20
        assert [button.is_visible() for button in figure.locator(".figure-tools button").all()] == [True, False, False]
        figure.locator(".drawing").tap()
        bar = page.locator(".figure-bar button")
        for button in bar.all():
            box = button.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 844
        for name in ("SVG", "PNG"):
            with page.expect_download() as saved:
                bar.get_by_text(name).tap()
            assert saved.value.suggested_filename == f"momentum-valley.{name.lower()}"


def test_two_fingers_zoom(reader):
    with reader.page("zh", width=390) as page:
        page.locator("#fig-valley .drawing").click()
        before = page.locator("dialog[open] svg").bounding_box()["width"]
        stage = page.locator(".figure-stage")
        stage.evaluate("(element) => (element.setPointerCapture = () => {})")  # these fingers are made up
        for kind, finger, x in [("down", 1, 150), ("down", 2, 200), ("move", 2, 250)]:
            options = {"pointerId": finger, "clientX": x, "clientY": 300, "bubbles": True}
            stage.evaluate(f"(element, options) => element.dispatchEvent(new PointerEvent('pointer{kind}', options))", options)
        assert page.locator("dialog[open] svg").bounding_box()["width"] == pytest.approx(2 * before, rel=0.02)


@pytest.mark.parametrize(("language", "scheme", "ground"), [("en", "light", (255, 255, 255)), ("zh", "dark", (30, 33, 41))])
def test_a_figure_is_downloaded(reader, language, scheme, ground, tmp_path):
    with reader.page(language, scheme=scheme) as page:
        tools = page.locator("#fig-valley .figure-tools button")
        with page.expect_download() as svg:
            tools.nth(1).click()
        assert svg.value.suggested_filename == "momentum-valley.svg"
        svg.value.save_as(tmp_path / "figure.svg")
        text = (tmp_path / "figure.svg").read_text(encoding="utf-8")
        root = ET.fromstring(text)
        assert "var(" not in text and "currentColor" not in text and root.get("font-family") and root.get("width") == "345.6"
        assert root.find("{*}rect").get("fill") == "rgb({}, {}, {})".format(*ground)
        with page.expect_download() as png:
            tools.nth(2).click()
        png.value.save_as(SHOTS.parent / "figure.png")
        image = Image.open(io.BytesIO((SHOTS.parent / "figure.png").read_bytes())).convert("RGB")
        assert png.value.suggested_filename == "momentum-valley.png"
        assert image.size == (921, 499) and image.getpixel((0, 0)) == pytest.approx(ground, abs=2)
        assert len(image.getcolors(1 << 20)) > 20, "nothing is drawn"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", CHAPTERS)
def test_figures_are_legible_on_a_phone(reader, language, stem):
    with reader.page(language, stem, width=360) as page:
        page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        small = page.evaluate(
            """() => [...document.querySelectorAll('figure.figure svg')].flatMap((svg) => {
              const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
              return [...svg.querySelectorAll('text, tspan')]
                .filter((part) => parseFloat(getComputedStyle(part).fontSize) * scale < 10)
                .map((part) => `${svg.closest('figure').id}: ${part.textContent}`);
            })"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
