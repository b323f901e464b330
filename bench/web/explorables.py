"""Measures figures to touch, with the processor at its own speed and slowed four times, beside an empty page in the same run.

`python -m bench.web.explorables` builds nothing: it visits the built site/, prints a line an element, and ends with 1 where one
does not keep what bench/README.md promises.
"""

import gzip
import re
import statistics
import sys

from bench.book import ROOT
from downhill.site.chromium import chromium
from tests.book import modules
from tests.browser.pages import until
from tests.chromium import SHIFTS
from tests.server import serve

PROMISES = {"frames": 0.8, "interaction": 100, "bytes": 20_000, "shift": 0.01}
SLOW = 4  # times
FRAMES = 90
RATES = ("empty", "element", "slow empty", "slow element", "slow idle")  # what is counted in frames a second
REST = 1500  # ms until an element that is near has come, and its picture stands
ELEMENTS = re.compile(r'<(x-[\w-]+)[^>]* data-module="([^"]+)"')
# frames a second while the first two sliders that can be moved move every frame, or the first choice changes where there is no
# slider; null: an empty page
RATE = """([element, frames]) => new Promise((done) => {
  const all = (which) => (element ? [...document.querySelector(element).querySelectorAll(which)] : []);
  const sliders = all('input[type=range]:enabled').slice(0, 2);
  const choice = sliders.length ? undefined : all('select')[0];
  let left = frames, begun;
  requestAnimationFrame(function frame(now) {
    begun ??= now;
    for (const slider of sliders) {
      const [least, most] = [Number(slider.min), Number(slider.max)];
      slider.value = least + (most - least) * (0.5 + 0.4 * Math.sin(left / 9));
      slider.dispatchEvent(new Event('input', {bubbles: true}));
    }
    if (choice) {
      choice.selectedIndex = left % choice.options.length;
      choice.dispatchEvent(new Event('input', {bubbles: true}));
    }
    if (left--) requestAnimationFrame(frame);
    else done(1000 * frames / (now - begun));
  });
})"""
# whether an element has come that does not stand within the first view, or a distance of it that counts as near (reading.js)
EARLY = """(tag) => customElements.get(tag) !== undefined
  && document.querySelector(tag).getBoundingClientRect().top > innerHeight + 400"""
# within a section that has not been laid out, only the browser itself finds an element's true place, and keeps it
COME = """(tag) => document.querySelector(tag).scrollIntoView({block: 'center'})"""
IDLE = "(tag) => void (document.querySelector(tag).set = () => undefined)"  # its controls move, and it draws nothing
HERE = "(tag) => Boolean(document.querySelector(tag).values)"  # its module has come, and drawn it
# the longest time from a key on a slider, or a choice, to the next picture, as the browser's own event timing has it
WATCH = """() => {
  globalThis.longest = 0;
  new PerformanceObserver((list) => {
    for (const {duration, interactionId} of list.getEntries()) if (interactionId) longest = Math.max(longest, duration);
  }).observe({type: 'event', durationThreshold: 16});
}"""


def measured(browser, address: str, tag: str) -> dict:
    """Return what one element of a page takes: frames beside an empty page, interaction, shift, and work before it is near."""
    # what keeps the book offline fetches all of it in the background, on the same processor: it is no part of an element
    page = browser.new_page(viewport={"width": 390, "height": 844}, service_workers="block")
    page.add_init_script(SHIFTS)
    session = page.context.new_cdp_session(page)
    rates: dict[str, list[float]] = {name: [] for name in RATES}
    found: dict = {}
    for turn in range(3):
        for slow in (1, SLOW):
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            before = "slow " if slow > 1 else ""
            page.goto("about:blank")
            session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
            rates[f"{before}empty"].append(page.evaluate(RATE, [None, FRAMES]))
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            page.goto(address)
            if turn == 0 and slow == 1:
                page.wait_for_timeout(500)
                found["early"] = page.evaluate(EARLY, tag)
            page.evaluate(COME, tag)
            until(page, HERE, tag)
            page.wait_for_timeout(REST)
            # before it is moved: a number that a script's hand changes counts as a shift, one that a reader's changes does not
            found["shift"] = max(found.get("shift", 0), page.evaluate("shifted"))
            session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
            rates[f"{before}element"].append(page.evaluate(RATE, [tag, FRAMES]))
            if slow > 1:
                page.evaluate(WATCH)
                sliders = page.locator(f"{tag} input[type=range]")
                (sliders if sliders.count() else page.locator(f"{tag} select")).first.focus()
                for _ in range(10):
                    page.keyboard.press("ArrowRight")
                    page.wait_for_timeout(60)
                found["interaction"] = max(found.get("interaction", 0), page.evaluate("longest"))
                page.evaluate(IDLE, tag)
                rates["slow idle"].append(page.evaluate(RATE, [tag, FRAMES]))
    page.close()
    return found | {name: statistics.median(values) for name, values in rates.items()}


def faults(name: str, found: dict) -> list[str]:
    """Return what of the promises one element does not keep."""
    kept = {
        "frames at full speed": found["element"] >= PROMISES["frames"] * found["empty"],
        "frames when slowed": found["slow element"] >= PROMISES["frames"] * found["slow empty"],
        "interaction when slowed": found["interaction"] <= PROMISES["interaction"],
        "layout shift": found["shift"] <= PROMISES["shift"],
        "nothing before it is near": not found["early"],
    }
    return [f"{name}: {promise}" for promise, holds in kept.items() if not holds]


def main() -> int:
    """Measure the elements of every English page; return 0 only if every promise is kept."""
    site, broken = ROOT / "site", []
    with serve(site) as server, chromium() as browser:
        for path in sorted((site / "en").rglob("index.html")):
            text = path.read_text(encoding="utf-8")
            place = path.parent.relative_to(site).as_posix()
            if ELEMENTS.search(text):
                size = sum(len(gzip.compress(module.read_bytes())) for module in modules(site, text))
                print(f"{place}: {size:,} bytes of modules", flush=True)
                broken += [f"{place}: weight"] * (size > PROMISES["bytes"])
            for tag, _ in ELEMENTS.findall(text):
                found = measured(browser, f"{server.address}{place}/", tag)
                rates = ", ".join(f"{name} {found[name]:.0f}" for name in RATES)
                print(
                    f"  {tag}: frames {rates}; interaction {found['interaction']:.0f} ms, shift {found['shift']:.3f}",
                    flush=True,
                )
                broken += faults(f"{place} {tag}", found)
    print("\n".join(broken) or "every promise is kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
