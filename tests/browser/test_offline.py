"""The book is there without a network: kept by the service worker, or unpacked from its zip."""

import re
import zipfile

from lxml import html

from downhill.site import build
from tests.browser.pages import search, until
from tests.server import serve
from tests.small import change


def test_after_one_visit_both_languages_are_there_offline(open_page, site):
    with serve(site) as server:
        page = open_page(server.address + "en/momentum/", service_workers="allow")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        asked = list(server.asked)
    page.trouble.clear()
    for path in ("en/choosing/", "zh/", "zh/momentum/", "zh/setup"):
        page.goto(server.address + path)
        assert page.locator("h1").is_visible()
    assert page.url.endswith("/zh/setup/")
    assert search(page, "学习率")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.locator("[data-twin]").click()
    page.wait_for_url("**/en/setup/*")
    assert page.goto(server.address + "zh/nothing/").status == 404
    assert "没有这一页" in page.content()
    assert max(asked.count(path) for path in asked) <= 2, "something is fetched again and again"
    # Chromium asks for the icon of the tab at its own time, which may be after the server has gone; who leaves a page at once
    # stops what it is loading
    expected = r"sw\.js|favicon|ERR_ABORTED"
    assert not [text for text in page.trouble if server.address in text and not re.search(expected, text)]


def test_the_book_is_kept_once_the_reader_scrolls(open_page, served):
    page = open_page(served.address + "zh/momentum/", service_workers="allow")
    found = "navigator.serviceWorker.getRegistration().then((found) => Boolean(found))"
    page.wait_for_load_state("networkidle")
    assert not page.evaluate(found), "who leaves at once has loaded nothing for it"
    page.mouse.wheel(0, 400)
    until(page, found)


def test_nothing_is_stale_after_a_deploy(open_page, public):
    root, server = public
    page = open_page(server.address + "en/", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    before = page.evaluate("caches.keys()")
    change(root / "docs" / "en" / "index.md", "It ends at", "Its last value is")
    server.asked.clear()
    build.build(root)
    page.goto(server.address + "en/")
    assert "Its last value is" in page.content()
    until(page, "(old) => caches.keys().then((now) => now.length == 1 && now[0] != old)", arg=before[0])
    fetched = [path for path in server.asked if path.endswith((".woff2", "/zh/"))]
    assert fetched == [], "what has not changed is not fetched again"
    kept = page.evaluate("caches.match(location.href).then((answer) => answer.text())")
    assert "Its last value is" in kept


def test_figures_to_touch_are_there_offline_and_still_from_disk(open_page, site):
    """A page that was never visited has its modules, kept below a sub-path; from disk the drawing stays, and no control."""
    with serve(site) as server:
        page = open_page(server.address + "zh/setup/", service_workers="allow")
        page.evaluate("scrollTo(0, 500)")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    for stem in ("gradient-descent", "momentum", "choosing"):
        page.goto(f"{server.address}zh/{stem}/")
        assert page.locator("[data-module]").count()
        for element in page.locator("[data-module]").all():
            element.evaluate("(element) => element.scrollIntoView({block: 'center'})")
            until(page, "(element) => Boolean(element.values)", element.element_handle())
    page.goto(f"file://{site}/zh/momentum/index.html")
    assert page.locator("figure:has([data-module]) .drawing svg").first.is_visible()
    assert not page.locator("[data-module]").first.is_visible()


def test_the_zip_opens_from_disk(open_page, site, tmp_path):
    with zipfile.ZipFile(site / "downhill.zip") as archive:
        archive.extractall(tmp_path)
    root = tmp_path / "downhill"
    page = open_page(f"file://{root}/index.html", locale="zh-CN")
    page.wait_for_url("**/zh/index.html")
    page.locator(".cards a", has_text="动量法").first.click()
    page.wait_for_url("**/zh/momentum/index.html")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Pagella Math'))")
    page.locator("[data-twin]").click()
    page.wait_for_url("**/en/momentum/index.html*")
    results = search(page, "noise ball")
    page.keyboard.press("Enter")
    page.wait_for_url(results[0][1])
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "default"
    assert page.trouble == []
    for path in root.rglob("*.html"):
        for target in html.parse(str(path)).xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            place = target.split("#")[0]
            assert re.match(r"\w+:", target) or not place or (path.parent / place).is_file(), f"{path}: {target}"
