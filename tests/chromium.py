"""Chromium for the tests: the one that is here, or, where it can be had, one that is fetched before any test runs.

`python -m tests.chromium` fetches what is missing; pytest does so by itself when a test in a browser is to run.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars"),
]
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
DRAWN = """(text) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40}), pen = canvas.getContext("2d");
  pen.font = "30px sans-serif";
  pen.fillText(text, 4, 32);
  return canvas.toDataURL();
}"""
BROWSER, FONT = "chromium", "fonts-noto-cjk"  # what can be missing, as Debian calls it
ADVICE = "`apt-get install chromium fonts-noto-cjk`, or `.venv/bin/playwright install --with-deps chromium`, or set CHROMIUM"


class Missing(Exception):
    """What the tests in a browser need is not here, and cannot be had; says in one sentence what to do."""


def system() -> str | None:
    """Return the browser that CHROMIUM names, or the system's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextlib.contextmanager
def chromium():
    """Yield a browser: the one that CHROMIUM names, or the system's, or playwright's own. Raises Missing."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=system(), args=OPTIONS)
        except Error as error:
            named = f"{system()} does not start" if system() else "no Chromium is here"
            raise Missing(f"{named}; the tests in a browser need it: {ADVICE}") from error
        yield browser
        browser.close()


def lacking() -> str | None:
    """Return what is missing: a browser that starts, or a font with Chinese; without one all signs are the same box."""
    try:
        with chromium() as browser:
            page = browser.new_page()
            return FONT if page.evaluate(DRAWN, "山") == page.evaluate(DRAWN, "谷") else None
    except Missing:
        return BROWSER


def ways(what: str) -> Iterator[list[str]]:
    """Yield the commands that may get what is missing; sudo is tried on a machine for CI alone."""
    if what == BROWSER and system():
        return  # it is here and does not start; another one would not be taken
    if what == BROWSER:
        yield [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    root = getattr(os, "geteuid", int)() == 0 and os.name == "posix"
    sudo = [] if root else ["sudo", "-n"] if os.environ.get("CI") else None
    if sudo is not None and shutil.which("apt-get"):
        packages = [BROWSER, FONT] if what == BROWSER else [FONT]
        yield [*sudo, "sh", "-c", f"apt-get -qq update && apt-get -qq -y install {' '.join(packages)}"]


def ready(say=print) -> None:
    """See that a browser starts and draws Chinese; get what is missing where that is possible. Raises Missing."""
    tried: list[list[str]] = []
    while what := lacking():
        if not (left := [way for way in ways(what) if way not in tried]):
            break
        if not tried:
            say("getting what the tests in a browser need (once; some minutes)")
        tried.append(left[0])
        with contextlib.suppress(OSError):
            subprocess.run(left[0], capture_output=True, check=False)
    if what == BROWSER:
        with chromium():  # says why it does not start
            pass
    if what == FONT:
        raise Missing(f"no font here has Chinese; the tests in a browser need one: install it (Debian: apt-get install {FONT})")


if __name__ == "__main__":
    try:
        ready()
    except Missing as error:
        sys.exit(str(error))
