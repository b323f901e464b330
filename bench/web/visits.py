"""Visits a page in Chromium as a reader does, to its end, and counts what that took."""

import contextlib
from urllib.parse import urlsplit

from bench import BenchError
from bench.peers.environments import do
from tests.chromium import SHIFTS

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1350, "height": 940}}
REST = 2500  # ms without a request before a page counts as loaded: typesetting may take its time, the idle have work
SCROLL = 400  # pixels at a time


class Wire:
    """What a page asks of the network, and what goes wrong."""

    def __init__(self, page, session, origin: str):
        self.bytes = self.requests = 0
        self.faults: list[str] = []
        self.origin = origin
        session.on("Network.requestWillBeSent", lambda event: self.asked(event["request"]["url"]))
        session.on("Network.loadingFinished", self.came)
        session.on("Network.responseReceived", lambda event: self.answered(event["response"]))
        page.on("console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("data", "blob"):
            return
        self.requests += 1
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"another origin: {parts.netloc}")

    def came(self, event: dict) -> None:
        self.bytes += event["encodedDataLength"]

    def answered(self, response: dict) -> None:
        if response["status"] >= 400:
            self.faults.append(f"status {response['status']}: {response['url']}")


def visit(browser, url: str, size: str) -> dict:
    """Open a page in a new, empty profile and read it to its end; return what that took.

    `first` and `scrolled` are the view before and after scrolling: bytes on the wire, requests, and ms of processor time that
    the page's main thread took, each from the start of the visit. `shift` is the sum of layout shifts. `faults` are requests
    elsewhere, errors, and files that are missing.
    """
    mobile = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2} if size == "phone" else {}
    with contextlib.closing(browser.new_context(viewport=SIZES[size], **mobile)) as context:
        context.add_init_script(SHIFTS)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Performance.enable", {"timeDomain": "threadTicks"})  # time at work, not time waiting for a core
        parts = urlsplit(url)
        wire = Wire(page, session, f"{parts.scheme}://{parts.netloc}")
        page.goto(url, wait_until="load")
        page.wait_for_timeout(REST)
        found = {"first": so_far(session, wire)}
        height = page.evaluate("document.documentElement.scrollHeight")
        for top in range(0, height, SCROLL):
            page.evaluate("(top) => new Promise((done) => { scrollTo(0, top); requestAnimationFrame(done); })", top)
        page.wait_for_timeout(REST / 2)
        found |= {"scrolled": so_far(session, wire), "shift": round(page.evaluate("shifted"), 4), "faults": wire.faults}
        return found


def so_far(session, wire: Wire) -> dict:
    """Return what a visit has taken up to now."""
    metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    return {"bytes": wire.bytes, "requests": wire.requests, "ms": round(metrics["TaskDuration"] * 1000, 1)}


def chinese_font() -> dict[str, str]:
    """Return the font that draws Chinese here, and its version; BenchError if there is none: boxes are drawn faster."""
    match = do(["fc-match", "--format", "%{family[0]}\t%{fontversion}\t%{lang}", "sans-serif:lang=zh-cn"])
    family, version, languages = match.split("\t")
    if "zh-cn" not in languages.split("|"):
        raise BenchError(f"no font here has Chinese, {family} neither: install one (Debian: apt install fonts-noto-cjk)")
    return {family: f"{int(version) / 2**16:.3f}"}
