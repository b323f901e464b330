"""Chromium, which draws the cards, prints the book, and runs the tests in a browser: the one that is here, or playwright's."""

import contextlib
import os
import shutil

from downhill import BookError

OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars"),
]
DRAWN = """(text) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40}), pen = canvas.getContext("2d");
  pen.font = "30px sans-serif";
  pen.fillText(text, 4, 32);
  return canvas.toDataURL();
}"""
# as Debian calls them: without windows it takes a tenth less of the processor, and lays out letters as a phone does
BROWSERS, FONT = ("chromium-headless-shell", "chromium"), "fonts-noto-cjk"
ADVICE = "`apt-get install chromium fonts-noto-cjk`, or `.venv/bin/playwright install --with-deps chromium`, or set CHROMIUM"


class Missing(BookError):
    """What a browser is needed for cannot be done here; says in one sentence what to do."""


class NoChinese(Missing):
    """No font that is here has Chinese."""


def system() -> str | None:
    """Return the browser that CHROMIUM names, or the system's."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, (*BROWSERS, "chromium-browser"))), None)


@contextlib.contextmanager
def chromium():
    """Yield a browser: the one that CHROMIUM names, or the system's, or playwright's own. Raises Missing."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise Missing('playwright is not installed. Run `pip install -e ".[test]"` in your environment.') from error
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=system(), args=OPTIONS)
        except Error as error:
            named = f"{system()} does not start" if system() else "no Chromium is here"
            raise Missing(f"{named}; {ADVICE}") from error
        yield browser
        browser.close()


def has_chinese(browser) -> bool:
    """Return whether a font here has Chinese; without one all signs are the same box."""
    page = browser.new_page()
    drawn = [page.evaluate(DRAWN, sign) for sign in "山谷"]
    page.close()
    return drawn[0] != drawn[1]


@contextlib.contextmanager
def both_languages():
    """Yield a browser that can draw both languages. Raises Missing."""
    with chromium() as browser:
        if not has_chinese(browser):
            raise NoChinese(f"no font here has Chinese; install one (Debian: apt-get install {FONT})")
        yield browser
