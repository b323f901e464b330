"""What the tests in a browser share: sizes of windows, names of pages, and what a reader does on any of them."""

import contextlib
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from downhill import LANGUAGES
from tests import PATIENCE
from tests.book import BOOK, ROOT, path_of
from tests.chromium import SHIFTS

SHOTS = ROOT / ".cache" / "screenshots"


STEMS = [name.removesuffix(".md") for name in BOOK.pages["en"]]
PLACES = [(language, stem) for language in LANGUAGES for stem in STEMS]
CHAPTERS = [stem for stem in STEMS if "/// figure" in BOOK.pages["en"][f"{stem}.md"].text]
IN_CHAPTERS = [(language, stem) for language, stem in PLACES if stem in CHAPTERS]
SCHEMES = ("light", "dark")
WIDE, DESK, PHONE = {"width": 1600, "height": 900}, {"width": 1280, "height": 800}, {"width": 390, "height": 844}
TOUCH = {"is_mobile": True, "has_touch": True}  # what makes a window a phone's, beside its size
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


# Lays out all sections for good, whatever the page then says of those that are far off (shell.js; a second pass in each width).
LAY_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('article > section { content-visibility: visible !important }');
  document.adoptedStyleSheets.push(sheet);
  document.querySelector('article').classList.add('whole');
}"""


def lay_out(page) -> None:
    """Lay out all sections, those out of view too."""
    page.evaluate(LAY_OUT)
    settled(page)


def enliven(page) -> None:
    """Bring each figure to touch to life."""
    for element in page.locator("[data-module]").all():
        element.evaluate("(element) => element.scrollIntoView({block: 'center'})")
        until(page, "(element) => Boolean(element.values)", element.element_handle())


def unfold(page) -> None:
    """Open all that folds, lay out all sections, and bring each figure to touch to life."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    page.evaluate(LAY_OUT)
    enliven(page)
    settled(page)


class Look(NamedTuple):
    """What a test of a `Visit` wants to see: a page of a language, in a width."""

    language: str
    stem: str
    width: int


TWINS = [Look("en", stem, 1280) for stem in STEMS] + [Look("zh", stem, 390) for stem in STEMS]


def seeing(fixture: str, looks: list[Look]):
    """Give a test pages of a `Visit`, by one of its fixtures."""
    return pytest.mark.parametrize(fixture, looks, indirect=True, ids=["-".join(map(str, look)) for look in looks])


def each(places, *widths: int):
    """Let a test look at each of some pages, given as (language, stem), in some widths, by the fixture `unfolded`."""
    return seeing("unfolded", [Look(*place, width) for place in places for width in widths])


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


# Sets each figure to touch as it stood when the page came, and brings one in view, without what the address told.
AGAIN = """(figure) => {
  history.replaceState(null, '', location.pathname);
  document.activeElement.blur();
  document.querySelector('dialog[open]')?.close();
  for (const element of document.querySelectorAll('[data-module]')) if (element.values) element.set(element.first);
  document.querySelector(figure).scrollIntoView();
}"""


def regime_of(figure: str) -> str:
    """Return a function, for the page, of the key of the sentence that a figure to touch says."""
    return f"() => [...document.querySelectorAll('{figure} [role=status] > :not([hidden])')].map((e) => e.dataset.words).join()"


DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def shown(page, figure: str, *names: str) -> list[str]:
    """Return what a figure to touch says of each of these names, once it has drawn (in the next frame) what was set."""
    page.evaluate(DRAWN)
    return [page.locator(f"{figure} [data-show='{name}']").inner_text() for name in names]


def said(page, figure: str) -> str:
    """Return the key of the sentence that a figure to touch says, once it has drawn what was set."""
    page.evaluate(DRAWN)
    return page.evaluate(regime_of(figure))


def search(page, words: str) -> list[tuple[str, str]]:
    """Type words into the search; return (heading, address) of each result."""
    page.keyboard.press("Control+k")
    until(page, "globalThis.downhillIndex && engine && (document.querySelector('#search input').select(), true)")
    page.keyboard.insert_text(words)  # in the place of what stood there
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


class Windows:
    """Opens pages in a browser.

    A context takes longer to make than a page to load: pages of the site that want nothing of their context share one, on a
    desk or on a phone, which an idle page keeps. What a page has stored goes with it.
    """

    SHARED = {"is_mobile", "has_touch", "java_script_enabled"}

    def __init__(self, browser, site: str):
        self.browser, self.site, self.shared = browser, site, {}

    def context(self, **options):
        context = self.browser.new_context(**{"service_workers": "block"} | options)
        context.set_default_timeout(1000 * PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return context

    def idle(self, **options):
        """Return the idle page of the context that has these options."""
        kind = frozenset(options.items())
        if kind not in self.shared:
            self.shared[kind] = self.context(**options).new_page()
            self.shared[kind].goto(f"{self.site}llms.txt")
        return self.shared[kind]

    @contextlib.contextmanager
    def page(self, url: str, size: dict, scheme: str = "light", forced_colors=None, reduced_motion=None, **options):
        """Open a page; what went wrong stands in its `trouble`, what nobody caught in `errors`, what it loaded in `loaded`."""
        ours = url.startswith((self.site, "about:blank"))
        idle = self.idle(**options) if ours and options.keys() <= self.SHARED else None
        context = idle.context if idle else self.context(**options)
        page = context.new_page()
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, forced_colors=forced_colors, reduced_motion=reduced_motion)
        page.add_init_script(SHIFTS + VIOLATIONS)
        page.trouble, page.errors, page.loaded = [], [], []
        page.on("console", lambda message: "blocked by Playwright" in message.text or page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)) or page.trouble.append(str(error)))
        page.on("requestfailed", lambda request: page.trouble.append(f"failed: {request.url} {request.failure}"))
        page.on("response", lambda answer: page.loaded.append((answer.url, answer.status)))
        try:
            page.goto(url)
            yield page
        finally:
            (page if idle else context).close()
            if idle:
                idle.evaluate("localStorage.clear()")


class Reader:
    """Opens pages of the built site by their names, on a desk or on a phone; none has an error that nobody catches."""

    def __init__(self, windows: Windows):
        self.windows = windows

    @contextlib.contextmanager
    def page(
        self, language: str, stem: str = "momentum", scheme: str = "light", width: int = 1280, anchor: str = "", **options
    ):
        size = {"width": width, "height": 844 if width < 600 else 900}
        url = self.windows.site + path_of(language, f"{stem}.md") + anchor
        with self.windows.page(url, size, scheme, **(TOUCH if width < 600 else {}) | options) as page:
            yield page
        assert not page.errors


ARRIVED, UNFOLDED, TAKEN = range(3)  # the steps of a visit


class Visit:
    """A visit of a page for all tests that see it: as it has arrived, then unfolded, then taken apart; see `order`.

    What a test wants that another has undone is opened anew, so that each test sees the same alone.
    """

    STEPS = ("arrived", "unfolded", "taken")  # the fixtures that give the page, as they come one after another

    def __init__(self, windows: Windows):
        self.windows, self.opened = windows, contextlib.ExitStack()
        self.place, self.done, self.page = None, -1, None

    @classmethod
    def wanted(cls, item) -> tuple | None:
        """Return by what a test that is to see a page of a visit has its place among those: the page, the step, the width."""
        params = item.callspec.params.items() if hasattr(item, "callspec") else ()
        asked = [(cls.STEPS.index(name), look) for name, look in params if name in cls.STEPS and isinstance(look, Look)]
        return next(((cls.place_of(step, look), step, look.width) for step, look in asked), None)

    @staticmethod
    def place_of(step: int, look: Look) -> tuple:
        """Return what a visit is of; unfolded, a page is on a phone in every width."""
        return look.language, look.stem, look.width < 600 or step == UNFOLDED

    @contextlib.contextmanager
    def at(self, step: int, look: Look):
        """Give the page that a test wants, and see that it has no error that nobody catches."""
        shared = step == UNFOLDED
        if self.place != self.place_of(step, look) or self.done > step or self.done == step and not shared:
            self.come(step, look)
        if shared and self.done < step:
            unfold(self.page)
        if self.done != step:
            self.page.emulate_media(color_scheme="light")
        size = {"width": look.width, "height": 844 if look.width < 600 else 800}
        if size != self.page.viewport_size:
            self.page.set_viewport_size(size)
            self.page.evaluate(DRAWN)  # what looks at sizes itself has seen the new one
        self.page.look, self.done = look, step
        yield self.page
        assert not self.page.errors

    def come(self, step: int, look: Look) -> None:
        """Open a page as who comes for the first time; its `weights` are the bytes of all that it has loaded."""
        self.opened.close()
        self.place = language, stem, phone = self.place_of(step, look)
        opening = self.windows.page("about:blank", PHONE, **TOUCH) if phone else self.windows.page("about:blank", DESK)
        self.page = self.opened.enter_context(opening)
        session, weights = self.page.context.new_cdp_session(self.page), []
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
        self.page.goto(self.windows.site + path_of(language, f"{stem}.md"))
        self.page.weights, self.done = weights, -1


def order(items: list) -> None:
    """Put the tests of visits where the first of them stands, those of one page one after another."""
    visits = [item for item in items if Visit.wanted(item)]
    if visits:
        first = items.index(visits[0])
        before, after = items[:first], [item for item in items[first:] if not Visit.wanted(item)]
        items[:] = [*before, *sorted(visits, key=Visit.wanted), *after]
