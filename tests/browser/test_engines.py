"""What bench.web.engines asks in Firefox and WebKit, asked in Chromium: a whole chapter passes, a broken one does not.

It stands here, not in tests/bench, for the browser that all tests of a process share.
"""

import json

import pytest
from playwright.sync_api import Error

from bench import BenchError
from bench.web import engines
from tests import PATIENCE

KEYS = {engines.CONTROL: "Control", engines.RIGHT: "ArrowRight", engines.ESCAPE: "Escape"}
# everything that a visit looks at, broken; what the page needs in order to load stays
BREAK = """
customElements.define = () => {};
HTMLElement.prototype.showPopover = () => {};
addEventListener('keydown', (event) => event.stopImmediatePropagation(), true);
addEventListener('DOMContentLoaded', () => {
  for (const part of document.querySelectorAll('#fig-valley :is(path, use)')) part.remove();
  document.querySelector('#eq-update math').style.display = 'none';
  document.documentElement.style.width = '300vw';
  document.querySelector('[data-twin]').removeAttribute('href');
  console.error('oh');
  fetch('nowhere.json');
});"""
BROKEN = [
    "fig-valley is not drawn",
    "the formula eq-update has no size",
    "the page scrolls sideways",
    "the figure to touch does not come to life",
    "a term has no preview",
    "Ctrl+K does not open the search",
    "the other language does not open",
    "console: oh",
    "console: Failed to load resource: the server responded with a status of 404 (Not Found)",
    "en/momentum/nowhere.json is missing",
]


class Chromium(engines.Engine):
    """Chromium by playwright, as the other engines are by WebDriver."""

    def __init__(self, page):
        self.page, self.said = page, []
        page.on("console", lambda message: message.type == "error" and self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, url, width, height):
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(url)

    def call(self, function, *given):
        try:
            return self.page.evaluate(f"(given) => ({function})(...given)", list(given))
        except Error as error:
            raise BenchError(error.message) from error

    def act(self, device):
        for action in device["actions"]:
            match action["type"]:
                case "keyDown" | "keyUp":
                    key = KEYS.get(action["value"], action["value"])
                    (self.page.keyboard.down if action["type"] == "keyDown" else self.page.keyboard.up)(key)
                case "pointerMove":
                    self.page.mouse.move(action["x"], action["y"])
                case "pointerDown":
                    self.page.mouse.down()
                case "pointerUp":
                    self.page.mouse.up()

    def errors(self):
        return self.said


@pytest.mark.parametrize("size", engines.SIZES)
def test_a_chapter_works_in_chromium_too(open_page, served, size):
    engine = Chromium(open_page("about:blank"))
    engine.patience = PATIENCE
    assert engines.visit(engine, served, "zh", "momentum", size) == []


def test_everything_that_does_not_work_is_named(open_page, served):
    page = open_page("about:blank")
    page.add_init_script(BREAK)
    engine = Chromium(page)
    engine.patience = 1
    found = engines.visit(engine, served, "en", "momentum", "phone")
    assert found == BROKEN


def test_bench_says_what_the_last_run_found():
    result = json.loads(engines.RESULT.read_text(encoding="utf-8"))
    text = (engines.ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    assert engines.markdown(result) in text
    assert set(result["engines"]) == {"Firefox", "WebKitGTK"}
