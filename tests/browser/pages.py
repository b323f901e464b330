"""What the tests in a browser share: sizes of windows, names of pages, and what a reader does on any of them."""

import contextlib
import time
from pathlib import Path

from tests import PATIENCE
from tests.book import BOOK, ROOT

SHOTS = ROOT / ".cache" / "screenshots"


STEMS = [name.removesuffix(".md") for name in BOOK.pages["en"]]
CHAPTERS = [stem for stem in STEMS if "/// figure" in BOOK.pages["en"][f"{stem}.md"].text]
SCHEMES, WIDTHS = ("light", "dark"), (1280, 390)
WIDE, DESK, PHONE = {"width": 1600, "height": 900}, {"width": 1280, "height": 800}, {"width": 390, "height": 844}
VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (e) => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


STILL = """async () => {
  for (let still = 0, before; still < 10; ) {
    await new Promise(requestAnimationFrame);
    const now = [scrollX, scrollY, document.documentElement.scrollHeight, location.href].join();
    [still, before] = [now === before ? still + 1 : 0, now];
  }
}"""

HEARD = """(selector) => {
  const part = document.querySelector(selector);
  globalThis.heard = [];
  new MutationObserver(() => heard.push(part.textContent)).observe(part, {subtree: true, childList: true, characterData: true});
}"""


def settled(page) -> None:
    """Wait until the page has drawn ten frames in which it stood still: however slow the machine, what was begun is done."""
    page.evaluate(STILL)


def lay_out(page) -> None:
    """Lay out all sections, those out of view too."""
    page.evaluate("document.querySelector('article').classList.add('whole')")
    settled(page)


def until(page, expression: str, arg=None) -> None:
    """Wait until an expression is true in the page. (playwright's own way is an eval, which the policy forbids.)"""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(30)


def heard(page, selector: str) -> None:
    """Keep from now on, in `heard`, each text that stands in a part of the page, however short."""
    page.evaluate(HEARD, selector)


def live(page, figure: str) -> None:
    """Bring a figure to touch near, and wait until it can be touched."""
    page.locator(figure).evaluate("(figure) => figure.scrollIntoView()")
    until(page, f"() => document.querySelector('{figure} .touched > svg') !== null")
    page.locator(figure).evaluate("(figure) => figure.scrollIntoView()")
    settled(page)


def regime_of(figure: str) -> str:
    """Return a function, for the page, of the key of the sentence that a figure to touch says."""
    return f"() => [...document.querySelectorAll('{figure} [role=status] > :not([hidden])')].map((e) => e.dataset.words).join()"


def search(page, words: str) -> list[tuple[str, str]]:
    """Type words into the search; return (heading, address) of each result."""
    page.keyboard.press("Control+k")
    page.locator("#search input").fill("")
    until(page, "globalThis.downhillIndex && engine")
    page.keyboard.insert_text(words)
    found = page.evaluate(
        "[...document.querySelectorAll('#search [role=option]')].map((a) => [a.children[0].innerText, a.href])"
    )
    return [tuple(pair) for pair in found]


def shot(name: str) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS / f"{name}.png"


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def shoot(page, name: str) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
    return SHOTS / f"{name}.png"


class Reader:
    """Opens pages of the built site."""

    def __init__(self, browser, address: str):
        self.browser, self.address = browser, address

    @contextlib.contextmanager
    def page(
        self, language: str, stem: str = "momentum", scheme: str = "light", width: int = 1280, anchor: str = "", **options
    ):
        phone = width < 600
        context = self.browser.new_context(
            viewport={"width": width, "height": 844 if phone else 900},
            color_scheme=scheme,
            is_mobile=phone,
            has_touch=phone,
            accept_downloads=True,
            **{"service_workers": "block"} | options,
        )
        context.set_default_timeout(1000 * PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{self.address}/{language}/" + ("" if stem == "index" else f"{stem}/") + anchor)
        yield page
        context.close()
        assert not troubles
