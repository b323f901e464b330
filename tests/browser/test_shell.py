"""The frame around the articles, in a real browser: policy, weight, search, languages, offline, from disk."""

import json
import re
import time
import zipfile
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html

from downhill import LANGUAGES
from downhill.site import build
from tests.book import BOOK, PAGES, ROOT, address
from tests.chromium import SHIFTS, serve
from tests.small import change

SHOTS = ROOT / ".cache" / "screenshots"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (e) => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@pytest.fixture
def open_page(browser):
    """A function that opens a page; what went wrong on it stands in its `trouble`, what it loaded in its `loaded`."""
    contexts = []

    def opened(url: str, size=DESK, scheme="light", **options):
        workers = options.pop("service_workers", "block")
        context = browser.new_context(viewport=size, color_scheme=scheme, service_workers=workers, **options)
        contexts.append(context)
        context.add_init_script(SHIFTS + VIOLATIONS)
        page = context.new_page()
        page.trouble, page.loaded = [], []
        page.on("console", lambda message: "blocked by Playwright" in message.text or page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("requestfailed", lambda request: page.trouble.append(f"failed: {request.url} {request.failure}"))
        page.on("response", lambda answer: page.loaded.append((answer.url, answer.status)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


def path_of(language: str, name: str) -> str:
    stem = name.removesuffix(".md")
    return f"{language}/" if stem == "index" else f"{language}/{stem}/"


def until(page, expression: str, arg=None, seconds: float = 15) -> None:
    """Wait until an expression is true in the page. (playwright's own way is an eval, which the policy forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(30)


def search(page, words: str) -> list[tuple[str, str]]:
    """Type words into the search; return (heading, address) of each result."""
    page.keyboard.press("/")
    page.locator("#search input").fill("")
    until(page, "globalThis.downhillIndex")
    page.keyboard.insert_text(words)
    found = page.evaluate(
        "[...document.querySelectorAll('#search [role=option]')].map((a) => [a.children[0].innerText, a.href])"
    )
    return [tuple(pair) for pair in found]


# policy, weight, and what is loaded


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("language", "name"), PAGES, ids=map("/".join, PAGES))
def test_a_page_is_light_and_keeps_to_the_policy(open_page, served, language, name, size):
    page = open_page("about:blank", size)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    weights = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(served.address + path_of(language, name))
    page.wait_for_load_state("networkidle")
    page.screenshot(path=shot(f"{language}-{name.removesuffix('.md')}-{size['width']}-light"))
    assert sum(weights) <= 150_000
    page.emulate_media(color_scheme="dark")
    until(page, "document.documentElement.dataset.mdColorScheme == 'slate'")
    page.screenshot(path=shot(f"{language}-{name.removesuffix('.md')}-{size['width']}-dark"))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("violations") == []
    assert page.trouble == []
    assert page.evaluate("shifted") <= 0.01
    assert sum(weights) <= 250_000
    assert len(page.loaded) <= 16
    assert all(status == 200 and url.startswith(served.address) for url, status in page.loaded)
    assert not [url for url, _ in page.loaded if "search" in url], "search is loaded before it is asked for"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def shot(name: str) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS / f"{name}.png"


def test_the_policy_is_the_one_of_the_headers(open_page, served):
    """What the policy forbids is seen by the test above: an inline script is."""
    page = open_page(served.address + "en/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    until(page, "violations.length")
    page.wait_for_timeout(100)
    assert any("script-src" in violation for violation in page.evaluate("violations"))
    assert page.trouble


# search


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("动量", "动量法"),
        ("梯度下降", "梯度下降"),
        ("收敛速度", None),
        ("随机梯度", "随机梯度下降"),
        ("学习率", None),
        ("条件数", None),
        ("谱半径", None),
        ("最优的学习率", None),
    ],
)
def test_chinese_is_found_inside_sentences(open_page, served, words, heading):
    page = open_page(served.address + "zh/setup/")
    results = search(page, words)
    assert results
    assert heading is None or results[0][0] == heading
    marks = page.evaluate("[...document.querySelectorAll('#search mark')].map((m) => m.innerText)")
    assert marks
    assert set("".join(marks)) <= set(words)
    assert page.trouble == []


@pytest.mark.parametrize(
    ("words", "first"),
    [("momen", "Momentum"), ("gradient desc", "Gradient descent"), ("MOMENTUM", "Momentum"), ("gloss", "Glossary")],
)
def test_english_is_found_by_its_beginning(open_page, served, words, first):
    page = open_page(served.address + "en/setup/")
    results = search(page, words)
    assert results[0][0] == first
    assert not search(page, "omentum"), "the inside of a word is no beginning"
    assert page.locator("#search [role=status]").inner_text() == "Nothing found"


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_knows_no_words_of_figures_and_every_heading(open_page, served, language):
    page = open_page(served.address + f"{language}/")
    search(page, "a")
    index = page.evaluate("downhillIndex")
    for section in index:
        name, _, anchor = section["location"].partition("#")
        tree = html.parse(str(served.site / language / name / "index.html")).getroot()
        (heading,) = tree.xpath("//*[@id=$id]", id=anchor) if anchor else tree.xpath("//h1")
        own = re.sub(r"\s+", "", "".join(heading.itertext()).replace("¶", ""))
        assert re.sub(r"\s+", "", section["title"]) == own or heading.tag == "dt"
        assert "\u200b" not in section["text"] + section["title"]
    words = {"zh": "损失曲面的等高线", "en": "loss contours"}[language]
    svg = [
        t
        for t in html.parse(str(served.site / language / "momentum" / "index.html")).xpath("//*[name()='svg']//text()")
        if len(t) > 9
    ]
    everything = " ".join(section["text"] for section in index)
    assert words not in everything
    assert not [t for t in svg if t.strip() and f"{t} {t}" in everything]


def test_search_by_keyboard(open_page, served):
    page = open_page(served.address + "en/setup/")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("s")
    assert page.get_by_role("dialog", name="Search").is_visible()
    box = page.get_by_role("combobox", name="Search the book")
    until(page, "globalThis.downhillIndex")
    page.keyboard.type("valley")
    options = page.get_by_role("option")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    dialog = page.get_by_role("dialog")
    for key in ("/", "f"):
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        page.keyboard.press(key)
        dialog.wait_for(timeout=2000)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.locator("[data-open-search]").click()
    page.keyboard.press("ArrowDown")  # from the last to the first
    target = options.nth(0).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    until(page, "CSS.highlights.get('found')?.size > 0")
    assert page.trouble == []


def test_search_follows_an_input_method(open_page, served):
    """Composition changes the text without a key; the choice of a candidate by Enter must not follow a result."""
    page = open_page(served.address + "zh/setup/")
    search(page, "")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "dong liang", "selectionStart": 10, "selectionEnd": 10})
    session.send("Input.insertText", {"text": "动量"})
    assert page.get_by_role("option").count() > 3
    page.locator("#search input").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert page.url.endswith("/zh/setup/")
    assert page.get_by_role("dialog").is_visible()


def test_search_says_when_its_index_cannot_be_read_and_tries_again(open_page, served):
    page = open_page(served.address + "en/")
    page.route("**/search-en.*", lambda route: route.abort())
    page.keyboard.press("/")
    status = page.locator("#search [role=status]")
    until(page, "document.querySelector('#search [role=status]').innerText.includes('cannot')")
    page.unroute("**/search-en.*")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert search(page, "momentum")
    assert "results" in status.inner_text()


# the two languages


@pytest.mark.parametrize("name", [name for language, name in PAGES if language == "en"])
def test_twins_have_the_same_blocks(site, name):
    trees = [html.parse(str(address(site, language, name))) for language in LANGUAGES]
    shapes = [[[block.tag for block in section] for section in tree.xpath("//article/section")] for tree in trees]
    assert shapes[0] == shapes[1]


def place(page, blocks="article > section > *"):
    """Return which block is at the top of the window, and what part of it is above."""
    return page.evaluate(
        """(selector) => { const top = document.querySelector('.md-header').offsetHeight + 2;
        const blocks = [...document.querySelectorAll(selector)];
        const index = blocks.findLastIndex((b) => b.getBoundingClientRect().top <= top);
        const box = blocks[index].getBoundingClientRect();
        return [index, (top - box.top) / box.height]; }""",
        blocks,
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("start", LANGUAGES)
def test_the_switch_keeps_heading_and_place(open_page, served, start, size):
    page = open_page(served.address + f"{start}/momentum/", size)
    for part in (0.2, 0.5, 0.8):  # lower, the end of the shorter twin is reached
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {part})")
        page.evaluate("[...document.querySelectorAll('details')].slice(0, 2).forEach((d) => (d.open = true))")
        page.wait_for_timeout(150)
        before = place(page)
        page.locator("[data-twin]").click()
        page.wait_for_load_state("load")
        page.wait_for_timeout(250)
        after = place(page)
        assert sum(after) == pytest.approx(sum(before), abs=0.05)  # in blocks: the end of one is the beginning of the next
        assert page.evaluate("document.querySelectorAll('details[open]').length") == 2
        assert len(urlsplit(page.url).fragment) > 3
    assert f"/{'zh' if start == 'en' else 'en'}/momentum/" in page.url
    assert page.trouble == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_switch_keeps_the_source_that_is_read(open_page, served, size):
    page = open_page(served.address + "en/references/", size)
    page.evaluate("document.getElementById('ref-lessard2016').scrollIntoView()")
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(300)
    before = place(page, ".references li")
    assert before[0] >= 14, "it is one that was not laid out at first"
    page.locator("[data-twin]").click()
    page.wait_for_url("**/zh/references/**")
    page.wait_for_timeout(300)
    assert sum(place(page, ".references li")) == pytest.approx(sum(before), abs=0.1)


# sections out of view


def test_a_section_is_laid_out_when_it_comes_near(open_page, served):
    page = open_page(served.address + "en/momentum/", PHONE)
    drawn = """[...document.querySelectorAll('article > section')].map(
      (section) => section.lastElementChild.checkVisibility({contentVisibilityAuto: true}))"""
    seen = page.evaluate(drawn)
    assert len(seen) == page.locator("article h2").count() + 1 == page.locator("article > section > h2").count() + 1
    assert seen[0] and sum(seen) < len(seen) / 2 and not seen[-1]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, f"{drawn}.at(-1)")
    assert page.evaluate("shifted") <= 0.01


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("stem", ["momentum", "choosing"])
def test_a_link_leads_to_its_heading_and_the_way_back_to_where_one_was(open_page, served, stem, size):
    page = open_page(served.address + f"zh/{stem}/#exercises", size)
    top = "(id) => document.getElementById(id).getBoundingClientRect().top"

    def stands(heading: str, wanted: float = 68, within: float = 3) -> None:
        page.wait_for_load_state("load")
        page.wait_for_timeout(400)
        assert page.evaluate(top, heading) == pytest.approx(wanted, abs=within)

    stands("exercises")
    last, middle = page.evaluate("[-1, 5].map((place) => [...document.querySelectorAll('article h2')].at(place).id)")
    for heading in (last, middle):
        page.goto(served.address + f"zh/{stem}/")
        page.evaluate("(id) => (location.hash = id)", heading)
        stands(heading)
    page.goto(served.address + f"zh/{stem}/")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    page.wait_for_timeout(400)
    before = page.evaluate(top, "exercises")
    page.reload()
    stands("exercises", before)
    page.goto(served.address + "zh/setup/")
    page.go_back()
    stands("exercises", before)


def test_light_or_dark_is_chosen_once_for_both_languages(open_page, served):
    page = open_page(served.address + "en/setup/", scheme="dark")
    scheme = "document.documentElement.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    button = page.locator("[data-palette-button]")
    assert button.get_attribute("aria-label") == "Colours: as the system"
    button.click()
    assert button.get_attribute("aria-label") == "Colours: light"
    assert page.evaluate(scheme) == "default"
    page.goto(served.address + "zh/momentum/")
    assert page.evaluate(scheme) == "default"
    assert page.locator("[data-palette-button]").get_attribute("aria-label") == "配色：浅色"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_icon_is_the_logo(browser):
    """The PNG, which a browser takes less time for, shows what the drawing shows, to one step in a hundred."""
    assets = ROOT / "docs" / "theme" / "assets"
    kinds = {"png": "image/png", "svg": "image/svg+xml"}
    files = [f"data:{kinds[end]};base64,{b64encode((assets / f'favicon.{end}').read_bytes()).decode()}" for end in kinds]
    page = browser.new_page()
    difference = page.evaluate(
        """async (files) => {
          const [one, other] = await Promise.all(files.map(async (src) => {
            const image = Object.assign(new Image(64, 64), { src });
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 }).getContext("2d");
            canvas.drawImage(image, 0, 0, 64, 64);
            return canvas.getImageData(0, 0, 64, 64).data;
          }));
          if (!one.some((value) => value)) return "nothing is drawn";
          return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length / 255;
        }""",
        files,
    )
    page.close()
    assert difference <= 0.01


# addresses: under a sub-path, with a public address


@pytest.fixture
def public(small, monkeypatch):
    """The small book, built for a public address below /downhill/ and served there; yields (root of the book, server)."""
    monkeypatch.setenv("SITE_URL", "https://host.invalid/downhill/")
    with serve(build.build(small)) as server:
        yield small, server


def test_addresses_are_right_below_a_path(open_page, public):
    root, server = public
    for depth in ("nothing", "en/nothing", "zh/momentum/nothing/at/all/"):
        page = open_page(server.address + depth)
        language = "zh" if depth.startswith("zh") else "en"
        assert page.evaluate("document.documentElement.lang") == language
        page.locator("section a").first.click()
        page.wait_for_url(server.address + f"{language}/")
        assert [status for _, status in page.loaded if status != 200] == [404]
    site, public_address = root / "site", "https://host.invalid/downhill"
    for language in LANGUAGES:
        tree = html.parse(str(site / language / "index.html")).getroot()
        links = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@rel='alternate'][@hreflang]")}
        assert links == {"zh": f"{public_address}/zh/", "en": f"{public_address}/en/", "x-default": f"{public_address}/"}
        assert tree.xpath("//link[@rel='canonical']/@href") == [f"{public_address}/{language}/"]
        assert f"<loc>{public_address}/{language}/</loc>" in (site / language / "sitemap.xml").read_text()
        assert f"<loc>{public_address}/{language}/sitemap.xml</loc>" in (site / "sitemap.xml").read_text()
        error = html.parse(str(site / language / "404.html")).getroot()
        for target in error.xpath("//a/@href | //link/@href | //script/@src | //img/@src | //script/@data-search"):
            assert target.startswith(("/downhill/", "#")), target
            page_path = site / target.split("#")[0].removeprefix("/downhill/")
            assert (page_path.resolve() / "index.html" if page_path.is_dir() else page_path.resolve()).exists(), target
    assert f"]({public_address}/en/index.md)" in (site / "llms.txt").read_text(encoding="utf-8")


# offline, and from disk


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
    # Chromium asks for the icon of the tab at its own time, which may be after the server has gone
    assert not [text for text in page.trouble if server.address in text and not re.search(r"sw\.js|favicon", text)]


def test_the_book_is_kept_once_the_reader_scrolls(open_page, served):
    page = open_page(served.address + "zh/momentum/", service_workers="allow")
    found = "navigator.serviceWorker.getRegistration().then((found) => Boolean(found))"
    page.wait_for_timeout(1000)
    assert not page.evaluate(found), "who leaves at once has loaded nothing for it"
    page.mouse.wheel(0, 400)
    until(page, found, seconds=3)


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


def test_the_zip_opens_from_disk(open_page, site, tmp_path):
    with zipfile.ZipFile(site / "downhill.zip") as archive:
        archive.extractall(tmp_path)
    root = tmp_path / "downhill"
    page = open_page(f"file://{root}/index.html", locale="zh-CN")
    page.wait_for_url("**/zh/index.html")
    page.locator(".nav a", has_text="动量法").click()
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


# without a script, by keyboard, and for machines


def test_without_a_script_pages_are_read_and_links_work(open_page, served):
    page = open_page(served.address + "zh/momentum/", PHONE, java_script_enabled=False)
    assert not page.locator("[data-open-search]").is_visible()
    assert not page.locator(".nav").is_visible()
    page.locator(".for-nav").click()
    page.locator(".nav a", has_text="梯度下降").first.click()
    page.wait_for_url("**/zh/gradient-descent/")
    page.locator("[data-twin]").click()
    page.wait_for_url("**/en/gradient-descent/")
    assert page.locator("article").inner_text().startswith("Gradient descent")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everything_is_reached_by_keyboard_with_a_visible_focus(open_page, served, size):
    page = open_page(served.address + "en/setup/", size)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """[document.activeElement].map((e) => [
              e.ariaLabel || [...e.childNodes].map((part) => part.ariaLabel ?? part.textContent).join(""),
              getComputedStyle(e).outlineWidth,
            ])[0]"""
        )
        reached.append(name.strip())
        assert float(outline.removesuffix("px")) > 1, name
    assert reached[0] == "Skip to content"
    wanted = {"Downhill 下山", "Search", "Colours: as the system", "中文"}
    assert wanted | ({"Contents of the book"} if size is PHONE else {"Momentum"}) <= set(reached)
    if size is PHONE:
        page.locator(".for-nav").press("Enter")
        assert page.locator(".nav").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".nav").is_visible()
        assert page.evaluate("document.activeElement.matches('.for-nav')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_frame(open_page, served, language, size, scheme):
    page = open_page(served.address + f"{language}/notation/", size, scheme)
    frame = {"exclude": [["article"]]}
    states = {"shut": lambda: None, "search": lambda: search(page, "学习率" if language == "zh" else "rate")}
    if size is PHONE:
        states["nav"] = lambda: (page.keyboard.press("Escape"), page.locator(".for-nav").click())
    for state, reach in states.items():
        reach()
        page.wait_for_timeout(100)
        page.screenshot(path=shot(f"frame-{language}-{size['width']}-{scheme}-{state}"))
        found = Axe().run(page, context=frame).response["violations"]
        assert not [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found], state


def test_the_heading_in_view_is_marked_and_the_list_does_not_move(open_page, served):
    page = open_page(served.address + "en/momentum/")
    height = page.evaluate("document.querySelector('.toc ul').scrollHeight")
    for heading in ("the-update", "conventions", "common-mistakes"):
        page.evaluate("(heading) => document.getElementById(heading).scrollIntoView()", heading)
        until(page, "(heading) => document.querySelector('.toc [aria-current]')?.hash == '#' + heading", heading)
        assert page.locator(".toc [aria-current]").count() == 1
        assert page.evaluate("document.querySelector('.toc ul').scrollHeight") == height


@pytest.mark.parametrize(("language", "name"), PAGES, ids=map("/".join, PAGES))
def test_every_page_is_there_as_plain_markdown(site, language, name):
    text = (site / language / name).read_text(encoding="utf-8")
    for trace in (
        "{{ ",
        "--8<--",
        "exec=",
        "\n/// ",
        "[](#",
        "\\label",
        "{#",
        "??? ",
        "[@",
        "[[references]]",
        "[[bibliography]]",
    ):
        assert trace not in text, trace
    for fence in BOOK.pages[language][name].fences:
        assert BOOK.source(fence.snippet, language).strip().splitlines()[-1] in text or "source" not in fence.place
    for target in re.findall(r"\]\(([\w-]+\.md)", text):
        assert (site / language / target).is_file()
    assert f"]({language}/{name}):" in (site / "llms.txt").read_text(encoding="utf-8")


def test_the_worker_keeps_every_page_and_every_asset(site):
    text = (site / "sw.js").read_text(encoding="utf-8")
    kept = json.loads(re.search(r"const FILES = (\{.*?\});", text, re.DOTALL)[1])
    assert {path_of(language, name) for language, name in PAGES} <= set(kept)
    assert {f"assets/{path.name}" for path in (site / "assets").iterdir() if path.suffix != ".txt"} <= set(kept)
