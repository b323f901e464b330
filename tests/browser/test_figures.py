"""A figure enlarged, what is saved of it and linked to, and its size on a phone."""

import io
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from downhill import LANGUAGES
from tests.browser.pages import IN_CHAPTERS, SHOTS, each, shoot, until


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_a_figure_opens_zooms_and_closes(reader, language, scheme, width):
    with reader.page(language, scheme=scheme, width=width) as page:
        figure = page.locator("#fig-valley")
        button = figure.locator(".enlarge")
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
def test_on_a_phone_a_tap_enlarges_and_the_caption_stays_at_its_figure(reader, language):
    with reader.page(language, width=360) as page:
        figure = page.locator("#fig-valley")
        drawing, caption = (figure.locator(part).bounding_box() for part in (".drawing", "figcaption"))
        assert caption["y"] - drawing["y"] - drawing["height"] < 20
        button, seen = figure.locator(".enlarge"), "(button) => getComputedStyle(button).opacity"
        assert button.evaluate(seen) == "0", "a tap on the drawing does it"
        figure.locator(".drawing").tap()
        page.locator("dialog[open] svg").wait_for()
        bar = page.locator(".figure-bar :is(button, a):visible")
        for tool in bar.all():
            box = tool.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 844
        for name in ("SVG", "PNG"):
            with page.expect_download() as saved:
                bar.get_by_text(name).tap()
            assert saved.value.suggested_filename == f"momentum-valley.{name.lower()}"
        bar.last.tap()
        assert button.evaluate("(button) => button === document.activeElement")
        assert button.evaluate(seen) == "0"
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert button.evaluate(seen) == "1", "whoever comes by keyboard sees it"
        assert page.locator("#fig-regimes .enlarge").evaluate(seen) == "1", "a tap sets a figure to touch, so it has a button"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_larger_view_links_to_its_figure(reader, language):
    with reader.page(language) as page:
        page.locator("#fig-cycle .enlarge").click()
        link = page.locator(".figure-bar a")
        assert link.get_attribute("href") == "#fig-cycle"
        link.click()
        assert page.locator("dialog[open]").count() == 0
        assert page.evaluate("location.hash") == "#fig-cycle"
        assert page.locator("#fig-cycle").evaluate("(figure) => figure.getBoundingClientRect().top") >= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_enlarges_is_loaded_for_the_first_figure_or_said_to_be_missing(reader, language):
    with reader.page(language, width=390) as page:
        asked = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('figure-view')).length"
        button = page.locator("#fig-valley .enlarge")
        page.route("**/figure-view.*", lambda route: route.abort())
        assert page.evaluate(asked) == 0
        page.locator("#fig-valley .drawing").tap()
        failed = {"en": "Not loaded; press again", "zh": "没有载入，请再按一次"}[language]
        until(page, "(text) => document.querySelector('#fig-valley .enlarge').textContent === text", failed)
        assert button.evaluate("(button) => getComputedStyle(button).opacity") == "1"
        page.unroute("**/figure-view.*")
        button.tap()
        page.locator("dialog[open] svg").wait_for()
        assert button.inner_text() == {"en": "Enlarge, save", "zh": "放大、下载"}[language]
        page.keyboard.press("Escape")
        page.locator("#fig-cycle .drawing").tap()
        page.locator("dialog[open] svg").wait_for()
        assert page.evaluate(asked) <= 2, "what failed, and what came"


def test_two_fingers_zoom(reader):
    with reader.page("zh", width=390) as page:
        page.locator("#fig-valley .drawing").click()
        page.locator("dialog[open] svg").wait_for()
        before = page.locator("dialog[open] svg").bounding_box()["width"]
        stage = page.locator(".figure-stage")
        stage.evaluate("(element) => (element.setPointerCapture = () => {})")  # these fingers are made up
        for kind, finger, x in [("down", 1, 150), ("down", 2, 200), ("move", 2, 250)]:
            options = {"pointerId": finger, "clientX": x, "clientY": 300, "bubbles": True}
            stage.evaluate(f"(element, options) => element.dispatchEvent(new PointerEvent('pointer{kind}', options))", options)
        assert page.locator("dialog[open] svg").bounding_box()["width"] == pytest.approx(2 * before, rel=0.02)


PAPER, NIGHT = (255, 255, 255), (30, 33, 41)
BLUE = {PAPER: "rgb(11, 95, 165)", NIGHT: "rgb(125, 183, 240)"}  # of gradient descent


def saved(page, kind: str, path):
    """Press what saves the enlarged figure; return its name and its bytes."""
    with page.expect_download() as download:
        page.locator(".figure-bar").get_by_text(kind).click()
    download.value.save_as(path)
    return download.value.suggested_filename, path.read_bytes()


@pytest.mark.parametrize(
    ("language", "scheme", "light", "ground"),
    [("en", "light", False, PAPER), ("zh", "dark", False, NIGHT), ("en", "dark", True, PAPER)],
    ids=["light", "dark", "light-from-dark"],
)
def test_a_figure_is_saved_as_it_is_shown(reader, language, scheme, light, ground, tmp_path):
    with reader.page(language, scheme=scheme) as page:
        page.locator("#fig-valley .enlarge").click()
        page.locator("dialog[open] svg").wait_for()
        choice = page.locator(".figure-bar [aria-pressed]")
        assert choice.is_visible() == (scheme == "dark"), "a light page has nothing to choose"
        if light:
            choice.click()
            assert choice.get_attribute("aria-pressed") == "true"
            assert page.locator(".figure-stage").evaluate("(stage) => getComputedStyle(stage).color") == "rgb(28, 29, 32)"
        name, text = saved(page, "SVG", tmp_path / "figure.svg")
        root = ET.fromstring(text)
        assert name == "momentum-valley.svg"
        assert b"var(" not in text and b"currentColor" not in text and root.get("font-family") and root.get("width") == "345.6"
        assert root.find("{*}rect").get("fill") == "rgb({}, {}, {})".format(*ground)
        assert [colour for colour in BLUE.values() if colour.encode() in text] == [BLUE[ground]]
        name, data = saved(page, "PNG", SHOTS.parent / "figure.png")
        image = Image.open(io.BytesIO(data)).convert("RGB")
        assert name == "momentum-valley.png"
        assert image.size == (921, 460) and image.getpixel((0, 0)) == pytest.approx(ground, abs=2)
        counts = {"rgb({}, {}, {})".format(*colour): count for count, colour in image.getcolors(1 << 20)}
        assert [colour for colour in BLUE.values() if counts.get(colour, 0) > 500] == [BLUE[ground]]
        if light:
            choice.click()
            _, text = saved(page, "SVG", tmp_path / "figure.svg")
            assert ET.fromstring(text).find("{*}rect").get("fill") == "rgb({}, {}, {})".format(*NIGHT)


@each(IN_CHAPTERS, 360)
def test_figures_are_legible_on_a_phone(unfolded):
    """The still ones, and those to touch once they are alive."""
    small = unfolded.evaluate(
        """() => [...document.querySelectorAll('.drawing > svg')].flatMap((svg) => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return [...svg.querySelectorAll('text, tspan')]
            .filter((part) => parseFloat(getComputedStyle(part).fontSize) * scale < 10)
            .map((part) => `${svg.closest('[id]').id}: ${part.textContent}`);
        })"""
    )
    assert small == []
    assert unfolded.evaluate("document.documentElement.scrollWidth") == 360
