"""Training in the page: it loads on a press, learns, stops, and says when it cannot."""

import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.browser.pages import live, settled, shown, until
from tests.server import serve

STEM, FIGURE = "stochastic-gradient-descent", "#fig-loss-curve"
SAID = "document.querySelector('#fig-loss-curve [role=status] > :not([hidden])').dataset.words"
EPOCH = "Number(document.querySelector('#fig-loss-curve [data-show=epoch]').textContent)"
INK = """() => {
  const canvas = document.querySelector("#fig-loss-curve canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 20).length;
}"""
LEARNT = "(epochs) => document.querySelector('x-digits').measured?.at(-1)?.epoch >= epochs"
FILE = re.compile("digits.bin")
COLOURS = {"light": {"rgb(11, 95, 165)", "rgb(161, 29, 78)"}, "dark": {"rgb(125, 183, 240)", "rgb(242, 146, 179)"}}
SHADED = """() => document.querySelector("x-digits").parts().filter((part) => Math.round(12 * Math.abs(part)) > 0).length"""


def says(page, key: str) -> None:
    until(page, f"{SAID} === '{key}'")


def error(page) -> float:
    return float(shown(page, FIGURE, "test")[0].rstrip("%"))


def button(page, act: str):
    return page.locator(f"{FIGURE} [data-act={act}]")


def enlarged(page):
    """Open the larger view; return its drawing."""
    page.locator(f"{FIGURE} .enlarge").click()
    drawing = page.locator(".figure-frame svg")
    drawing.wait_for()
    return drawing


def saved(page, kind: str, path):
    with page.expect_download() as download:
        page.locator(".figure-bar").get_by_text(kind).click()
    download.value.save_as(path)
    return path


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "dark", 1280), ("zh", "light", 390)])
def test_it_learns_on_a_press_once_it_is_loaded_and_stops_on_another(reader, site, language, scheme, width):
    size = next((site / "assets").glob("digits.bin.*.gz")).stat().st_size
    with reader.page(language, STEM, scheme, width) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.context.route(FILE, lambda route: route.fulfill(status=503))
        live(page, FIGURE)
        says(page, "ready")
        assert f"({size / 1e6:.2f} MB)" in button(page, "run").inner_text()
        still = page.locator(f"{FIGURE} .drawing svg")
        before = still.inner_html()
        assert enlarged(page).get_attribute("viewBox") == still.get_attribute("viewBox"), "nothing is learnt yet"
        page.keyboard.press("Escape")
        assert not [url for url in asked if FILE.search(url)], "it is loaded on the press alone"
        button(page, "run").focus()
        page.keyboard.press("Enter")
        says(page, "failed")
        assert still.inner_html() == before, "the still figure stays"
        page.context.unroute(FILE)
        page.keyboard.press("Enter")
        until(page, f"{EPOCH} >= 3")
        says(page, "running")
        assert 8 < error(page) < 25
        assert page.evaluate(INK) > 500
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Enter")
        says(page, "stopped")
        settled(page)
        reports = "document.querySelector('x-digits').measured.length"
        stopped = page.evaluate(reports)
        settled(page)
        assert page.evaluate(reports) == stopped
        button(page, "begin").click()
        until(page, f"{EPOCH} < 2 && {SAID} === 'running'")


def test_what_is_enlarged_and_saved_has_its_weights(touched, tmp_path):
    button(touched, "begin").click()
    until(touched, LEARNT, 2)
    button(touched, "run").click()
    says(touched, "stopped")
    settled(touched)  # what the worker had sent before has come
    assert enlarged(touched).locator("[shape-rendering] > path").count() > 12
    root = ET.parse(saved(touched, "SVG", tmp_path / "digits.svg")).getroot()
    image = Image.open(saved(touched, "PNG", tmp_path / "digits.png")).convert("RGB")
    touched.keyboard.press("Escape")
    (weights,) = root.findall("{*}g[@shape-rendering]")
    assert {path.get("fill") for path in weights} == COLOURS[touched.shown[1]]
    assert pixels(weights) == touched.evaluate(SHADED), "as many as the page shows, each once"
    assert image.size[1] == int(float(root.get("height")) * 8 / 3)
    images = image.crop((40, image.size[1] - 148, 880, image.size[1] - 64))
    assert len({colour for _, colour in images.getcolors(1 << 20)}) > 12, "the weights are painted"


def pixels(weights) -> int:
    """Return how many pixels the bars of weights cover."""
    return sum(int(wide) for path in weights for wide in re.findall(r"h(\d+)v1", path.get("d")))


def test_an_address_sets_it_what_is_set_works_while_it_runs_and_out_of_sight_it_stops(touched):
    touched.evaluate(f"location.hash = '{FIGURE}:lr=0.001&batch=1'")
    until(touched, "document.querySelector('x-digits').values.batch === 1")
    assert shown(touched, FIGURE, "lr", "batch", "beta") == ["0.001", "1", "0"]
    touched.locator(f"{FIGURE} input[name=batch]").focus()
    for expected in ("2", "4", "8"):
        touched.keyboard.press("ArrowRight")
        until(touched, f"document.querySelector('#fig-loss-curve [data-show=batch]').textContent === '{expected}'")
    until(touched, "location.hash === '#fig-loss-curve:lr=0.001&batch=8'")
    button(touched, "begin").click()
    until(touched, LEARNT, 1)
    touched.locator(f"{FIGURE} input[name=beta]").focus()
    touched.keyboard.press("End")
    until(touched, "document.querySelector('#fig-loss-curve [data-show=beta]').textContent === '0.99'")
    until(touched, "document.querySelector('#fig-loss-curve svg path[stroke=\"var(--fig-2)\"]')")
    says(touched, "running")
    touched.evaluate("scrollTo(0, 0)")
    says(touched, "stopped")


def test_after_a_press_it_is_there_without_a_network(open_page, site):
    with serve(site) as server:
        page = open_page(f"{server.address}en/{STEM}/", service_workers="allow")
        live(page, FIGURE)  # who scrolls, stays: the book is kept
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        until(page, "Boolean(navigator.serviceWorker.controller)")
        button(page, "run").click()
        says(page, "running")
    page.goto(f"{server.address}en/{STEM}/")
    live(page, FIGURE)
    button(page, "run").click()
    until(page, LEARNT, 1)
