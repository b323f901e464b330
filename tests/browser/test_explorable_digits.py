"""Training in the page: it loads on a press, learns, stops, and says when it cannot."""

import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.browser.pages import settled, shown, until
from tests.server import serve

STEM, FIGURE = "stochastic-gradient-descent", "#fig-loss-curve"
SAID = "document.querySelector('#fig-loss-curve [role=status] > :not([hidden])').dataset.words"
EPOCH = "Number(document.querySelector('#fig-loss-curve [data-show=epoch]').textContent)"
INK = """() => {
  const canvas = document.querySelector("#fig-loss-curve canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 20).length;
}"""
COLOURS = {"light": {"rgb(11, 95, 165)", "rgb(161, 29, 78)"}, "dark": {"rgb(125, 183, 240)", "rgb(242, 146, 179)"}}
SHADED = """() => document.querySelector("x-digits").parts().filter((part) => Math.round(12 * Math.abs(part)) > 0).length"""


def live(page) -> None:
    page.locator(f"{FIGURE} .explorable").scroll_into_view_if_needed()
    until(page, "() => document.querySelector('#fig-loss-curve .touched')")


def says(page, key: str) -> None:
    until(page, f"{SAID} === '{key}'")


def error(page) -> float:
    return float(shown(page, FIGURE, "test")[0].rstrip("%"))


def button(page, act: str):
    return page.locator(f"{FIGURE} [data-act={act}]")


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("zh", "dark", 360)])
def test_it_learns_on_a_press_and_stops_on_another(reader, site, language, scheme, width):
    size = next((site / "assets").glob("digits.bin.*.gz")).stat().st_size
    with reader.page(language, STEM, scheme, width) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        live(page)
        says(page, "ready")
        assert f"({size / 1e6:.2f} MB)" in button(page, "run").inner_text()
        assert not [url for url in asked if "digits.bin" in url], "it is loaded on the press alone"
        button(page, "run").focus()
        page.keyboard.press("Enter")
        until(page, f"{EPOCH} >= 3")
        says(page, "running")
        assert 8 < error(page) < 25
        assert page.evaluate(INK) > 500
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Enter")
        says(page, "stopped")
        settled(page)
        still = page.evaluate(EPOCH)
        settled(page)
        assert page.evaluate(EPOCH) == still
        button(page, "begin").click()
        until(page, f"{EPOCH} < 2 && {SAID} === 'running'")


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "dark", 1280), ("zh", "light", 390)])
def test_what_is_enlarged_and_saved_has_its_weights(reader, language, scheme, width, tmp_path):
    with reader.page(language, STEM, scheme, width) as page:
        live(page)
        page.locator(f"{FIGURE} .enlarge").click()
        box = page.locator(".figure-frame svg").get_attribute("viewBox")
        assert box == page.locator(f"{FIGURE} .touched > svg").get_attribute("viewBox"), "nothing is learnt yet"
        page.keyboard.press("Escape")
        button(page, "run").click()
        until(page, f"{EPOCH} >= 2")
        button(page, "run").click()
        says(page, "stopped")
        settled(page)  # what the worker had sent before has come
        page.locator(f"{FIGURE} .enlarge").click()
        drawn = page.locator(".figure-frame [shape-rendering] > path")
        assert drawn.count() > 12
        with page.expect_download() as svg:
            page.locator(".figure-bar").get_by_text("SVG").click()
        svg.value.save_as(tmp_path / "digits.svg")
        root = ET.parse(tmp_path / "digits.svg").getroot()
        (weights,) = root.findall("{*}g[@shape-rendering]")
        assert {path.get("fill") for path in weights} == COLOURS[scheme]
        assert pixels(weights) == page.evaluate(SHADED), "as many as the page shows, each once"
        with page.expect_download() as png:
            page.locator(".figure-bar").get_by_text("PNG").click()
        png.value.save_as(tmp_path / "digits.png")
        image = Image.open(tmp_path / "digits.png").convert("RGB")
        height = float(root.get("height"))
        assert image.size[1] == int(height * 8 / 3)
        images = image.crop((40, image.size[1] - 148, 880, image.size[1] - 64))
        assert len({colour for _, colour in images.getcolors(1 << 20)}) > 12, "the weights are painted"


def pixels(weights) -> int:
    """Return how many pixels the bars of weights cover."""
    return sum(int(wide) for path in weights for wide in re.findall(r"h(\d+)v1", path.get("d")))


def test_it_stops_when_it_is_out_of_sight(reader):
    with reader.page("en", STEM) as page:
        live(page)
        button(page, "run").click()
        until(page, f"{EPOCH} >= 1")
        page.evaluate("scrollTo(0, 0)")
        says(page, "stopped")


def test_a_link_sets_it_and_what_is_set_works_while_it_runs(reader):
    with reader.page("en", STEM, anchor=f"{FIGURE}:lr=0.001&batch=1") as page:
        live(page)
        assert shown(page, FIGURE, "lr", "batch", "beta") == ["0.001", "1", "0"]
        page.locator(f"{FIGURE} input[name=batch]").focus()
        for expected in ("2", "4", "8"):
            page.keyboard.press("ArrowRight")
            until(page, f"document.querySelector('#fig-loss-curve [data-show=batch]').textContent === '{expected}'")
        until(page, "location.hash === '#fig-loss-curve:lr=0.001&batch=8'")
        button(page, "run").click()
        until(page, f"{EPOCH} >= 1")
        page.locator(f"{FIGURE} input[name=beta]").focus()
        page.keyboard.press("End")
        until(page, "document.querySelector('#fig-loss-curve [data-show=beta]').textContent === '0.99'")
        until(
            page,
            "document.querySelector('#fig-loss-curve svg path[stroke=\"var(--fig-2)\"]')",
        )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_failed_load_says_so_and_can_be_tried_again(reader, language):
    with reader.page(language, STEM) as page:
        page.context.route(re.compile("digits.bin"), lambda route: route.fulfill(status=503))
        live(page)
        still = page.locator(f"{FIGURE} .drawing svg").inner_html()
        button(page, "run").click()
        says(page, "failed")
        assert page.locator(f"{FIGURE} .drawing svg").inner_html() == still, "the still figure stays"
        page.context.unroute(re.compile("digits.bin"))
        button(page, "run").click()
        says(page, "running")


def test_after_a_press_it_is_there_without_a_network(open_page, site):
    with serve(site) as server:
        page = open_page(f"{server.address}en/{STEM}/", service_workers="allow")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        until(page, "Boolean(navigator.serviceWorker.controller)")
        live(page)
        button(page, "run").click()
        says(page, "running")
    page.goto(f"{server.address}en/{STEM}/")
    live(page)
    button(page, "run").click()
    until(page, f"{EPOCH} >= 1")


def test_without_a_script_the_figure_stands_still(reader):
    with reader.page("zh", STEM, java_script_enabled=False) as page:
        assert page.locator(f"{FIGURE} .drawing svg").is_visible()
        assert not page.locator(f"{FIGURE} .explorable").is_visible()
