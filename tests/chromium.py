"""Chromium for the tests: the one that is here, or, where it can be had, one that is fetched before any test runs.

`python -m tests.chromium` fetches what is missing; pytest does so by itself when a test in a browser is to run.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from downhill.site.chromium import BROWSERS, FONT, Missing, NoChinese, both_languages, system

SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def lacking() -> Missing | None:
    """Return what is missing: a browser that starts, or a font with Chinese; without one all signs are the same box."""
    try:
        with both_languages():
            return None
    except Missing as error:
        return error


def ways(what: Missing) -> Iterator[list[str]]:
    """Yield the commands that may get what is missing; sudo is tried on a machine for CI alone."""
    font = isinstance(what, NoChinese)
    if not font and system():
        return  # it is here and does not start; another one would not be taken
    if not font:
        yield [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    root = getattr(os, "geteuid", int)() == 0 and os.name == "posix"
    sudo = [] if root else ["sudo", "-n"] if os.environ.get("CI") else None
    if sudo is not None and shutil.which("apt-get"):
        for packages in [FONT] if font else [f"{browser} {FONT}" for browser in BROWSERS]:
            yield [*sudo, "sh", "-c", f"apt-get -qq update && apt-get -qq -y install {packages}"]


def ready(say=print) -> None:
    """See that a browser starts and draws Chinese; get what is missing where that is possible. Raises Missing."""
    tried: list[list[str]] = []
    while what := lacking():
        if not (left := [way for way in ways(what) if way not in tried]):
            raise what
        if not tried:
            say("getting what the tests in a browser need (once; some minutes)")
        tried.append(left[0])
        with contextlib.suppress(OSError):
            subprocess.run(left[0], capture_output=True, check=False)


if __name__ == "__main__":
    try:
        ready()
    except Missing as error:
        sys.exit(str(error))
