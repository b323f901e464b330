"""What a reader meets, in a real browser: tools of figures and formulas, contrast, keyboard, paper, Chinese type."""

import contextlib
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image
from playwright.sync_api import expect

from tests.book import BOOK, ROOT

SHOTS = ROOT / ".cache" / "screenshots"
LANGUAGES, SCHEMES, WIDTHS = ("en", "zh"), ("light", "dark"), (1280, 390)
STEMS = [name.removesuffix(".md") for name in BOOK.pages["en"]]
CHAPTERS = [stem for stem in STEMS if "/// figure" in BOOK.pages["en"][f"{stem}.md"].text]
NOT_OURS = [".md-header", ".md-search", ".md-toggle"]  # the frame; its own tests look at it


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
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{self.address}/{language}/" + ("" if stem == "index" else f"{stem}/") + anchor)
        yield page
        context.close()
        assert not troubles


@pytest.fixture(scope="module")
def reader(browser, served):
    return Reader(browser, served.address.rstrip("/"))


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def shoot(page, name: str) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
    return SHOTS / f"{name}.png"


# A page as axe sees it fast: solutions open, and of each kind of word in programs one; colours depend on the kind alone.
PREPARED = """() => {
  document.querySelector('article').classList.add('whole');
  for (const details of document.querySelectorAll('details')) details.open = true;
  const seen = new Set();
  for (const word of document.querySelectorAll('pre code span')) {
    if (seen.has(word.className)) word.replaceWith(...word.childNodes);
    seen.add(word.className);
  }
}"""

# each page meets each theme and each width; the twin has the same structure in the other pairs
STATES = [("en", "light", 1280), ("en", "dark", 390), ("zh", "dark", 1280), ("zh", "light", 390)]


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize(("language", "scheme", "width"), STATES)
def test_axe_finds_nothing(reader, language, scheme, width, stem):
    with reader.page(language, stem, scheme, width) as page:
        page.evaluate(PREPARED)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            """async (exclude) => {
              const options = {resultTypes: ['violations'], rules: {'color-contrast-enhanced': {enabled: true},
                'color-contrast': {enabled: false}, 'target-size': {enabled: true}}};
              const {violations} = await axe.run({include: ['body'], exclude}, options);
              return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)}: ${n.failureSummary}`));
            }""",
            NOT_OURS,
        )
        assert found == []


def test_axe_would_find_something(reader):
    with reader.page("en", "index") as page:
        page.evaluate("document.querySelectorAll('article p').forEach((block) => (block.style.color = '#777'))")
        page.evaluate(AXE_SCRIPT)
        rules = "{rules: {'color-contrast-enhanced': {enabled: true}}}"
        assert page.evaluate(f"axe.run(document, {rules}).then((r) => r.violations.some((v) => v.id.startsWith('color')))")


# --- copying ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_copied_as_it_stands(reader, language):
    with reader.page(language) as page:
        button = page.locator("#code-valley .copy")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("article [role=status]")).not_to_be_empty()
        assert clipboard(page).strip() == BOOK.source("momentum/valley", language).strip()
        assert button.inner_text() == {"en": "Copied", "zh": "已复制"}[language]
        shoot(page, f"code-{language}")


def test_of_a_session_only_what_was_typed_is_copied(reader):
    with reader.page("en", "setup") as page:
        page.locator(".language-console .copy").first.click(force=True)
        expect(page.locator("article [role=status]")).not_to_be_empty()
        assert clipboard(page) == "python try.py\n"


def test_a_formula_is_copied_as_latex(reader):
    with reader.page("en") as page:
        page.locator("#eq-two-step .copy").click(force=True)
        expect(page.locator("article [role=status]")).not_to_be_empty()
        assert clipboard(page) == r"x_{t+1} = x_t - \alpha\,\nabla f(x_t) + \beta\,(x_t - x_{t-1})."
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#the-update + p'))")
        page.keyboard.press("Control+c")
        assert re.search(r"a fraction \$\\beta\$ of its past", clipboard(page))
        page.evaluate(
            """() => {
              const [a, b] = [document.querySelector('#the-update + p'), document.querySelector('#eq-update msub')];
              getSelection().setBaseAndExtent(a, 0, b, 1);
            }"""
        )
        page.keyboard.press("Control+c")
        text = clipboard(page)
        assert "$$\n\\begin{aligned}\nv_{t+1}" in text and "LaTeX" not in text and "(1)" not in text


# --- figures ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_a_figure_opens_zooms_and_closes(reader, language, scheme, width):
    with reader.page(language, scheme=scheme, width=width) as page:
        figure = page.locator("#fig-valley")
        button = figure.locator(".figure-tools button").first
        assert page.locator("dialog[open]").count() == 0
        button.focus()
        page.keyboard.press("Enter")
        picture = page.locator("dialog[open] svg")
        picture.wait_for()
        assert page.locator("dialog[open]").get_attribute("aria-label").startswith({"en": "Figure 1", "zh": "图 1"}[language])
        before = picture.bounding_box()
        assert before["x"] >= 0 and before["x"] + before["width"] <= width and before["y"] >= 0
        page.keyboard.press("+")
        assert picture.bounding_box()["width"] > 1.4 * before["width"]
        shoot(page, f"zoom-{language}-{scheme}-{width}")
        page.keyboard.press("0")
        assert abs(picture.bounding_box()["width"] - before["width"]) < 1
        page.locator(".figure-stage").dispatch_event("wheel", {"deltaY": -300, "clientX": 200, "clientY": 300})
        assert picture.bounding_box()["width"] > 2 * before["width"]
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        assert button.evaluate("(element) => element === document.activeElement")
        figure.locator(".drawing").click()
        assert page.locator("dialog[open]").count() == 1
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
        assert len(ids) == len(set(ids))


def test_two_fingers_zoom(reader):
    with reader.page("zh", width=390) as page:
        page.locator("#fig-valley .drawing").click()
        before = page.locator("dialog[open] svg").bounding_box()["width"]
        stage = page.locator(".figure-stage")
        stage.evaluate("(element) => (element.setPointerCapture = () => {})")  # these fingers are made up
        for kind, finger, x in [("down", 1, 150), ("down", 2, 200), ("move", 2, 250)]:
            options = {"pointerId": finger, "clientX": x, "clientY": 300, "bubbles": True}
            stage.evaluate(f"(element, options) => element.dispatchEvent(new PointerEvent('pointer{kind}', options))", options)
        assert page.locator("dialog[open] svg").bounding_box()["width"] == pytest.approx(2 * before, rel=0.02)


@pytest.mark.parametrize(("language", "scheme", "ground"), [("en", "light", (255, 255, 255)), ("zh", "dark", (30, 33, 41))])
def test_a_figure_is_downloaded(reader, language, scheme, ground, tmp_path):
    with reader.page(language, scheme=scheme) as page:
        tools = page.locator("#fig-valley .figure-tools button")
        with page.expect_download() as svg:
            tools.nth(1).click()
        assert svg.value.suggested_filename == "momentum-valley.svg"
        svg.value.save_as(tmp_path / "figure.svg")
        text = (tmp_path / "figure.svg").read_text(encoding="utf-8")
        root = ET.fromstring(text)
        assert "var(" not in text and "currentColor" not in text and root.get("font-family") and root.get("width") == "345.6"
        assert root.find("{*}rect").get("fill") == "rgb({}, {}, {})".format(*ground)
        with page.expect_download() as png:
            tools.nth(2).click()
        png.value.save_as(SHOTS.parent / "figure.png")
        image = Image.open(io.BytesIO((SHOTS.parent / "figure.png").read_bytes())).convert("RGB")
        assert png.value.suggested_filename == "momentum-valley.png"
        assert image.size == (921, 537) and image.getpixel((0, 0)) == pytest.approx(ground, abs=2)
        assert len(image.getcolors(1 << 20)) > 20, "nothing is drawn"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", CHAPTERS)
def test_figures_are_legible_on_a_phone(reader, language, stem):
    with reader.page(language, stem, width=390) as page:
        page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        sizes = page.evaluate(
            """() => [...document.querySelectorAll('figure.figure svg')].flatMap((svg) => {
              const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
              const size = (e) => parseFloat(getComputedStyle(e).fontSize) * scale;
              return [...svg.querySelectorAll('text')].map((t) => {
                const parts = [...t.querySelectorAll('tspan')].map(size);
                return [Math.max(size(t), ...parts), Math.min(99, ...parts)];
              });
            })"""
        )
        assert min(size for size, _ in sizes) >= 10
        assert min(script for _, script in sizes) >= 7  # exponents and indices, at seven tenths
        assert page.evaluate("document.documentElement.scrollWidth") == 390


# --- keyboard, motion, solutions, progress ---


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_focus_is_seen(reader, language, scheme):
    with reader.page(language, "stochastic-gradient-descent", scheme) as page:
        for _ in range(60):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                  const e = document.activeElement, s = getComputedStyle(e);
                  const away = e.closest('.md-header, .md-skip, body:not(:has(*:focus))');
                  const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
                  return away || seen ? '' : e.outerHTML;
                }"""
            )
            assert not seen, seen


def test_what_scrolls_takes_the_focus(reader):
    with reader.page("zh", width=390) as page:
        page.evaluate("document.querySelector('article').classList.add('whole')")
        page.wait_for_timeout(300)
        loose = page.evaluate(
            """() => [...document.querySelectorAll('article *')].filter((e) => e.checkVisibility()
              && e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
              && e.tabIndex < 0)
              .map((e) => e.outerHTML.slice(0, 99))"""
        )
        assert loose == []
        assert page.locator("pre[tabindex='0']").count() > 5


def test_nothing_moves_for_who_asks(reader):
    def moving(**options) -> bool:
        with reader.page("en", **options) as page:
            return page.evaluate("getComputedStyle(document.querySelector('.copy')).transitionDuration") != "0s"

    assert moving()
    assert not moving(reduced_motion="reduce")


def test_a_link_opens_the_solution_that_it_leads_into(reader):
    with reader.page("zh", anchor="#code-terminal") as page:
        name = page.evaluate("document.querySelector('details .program').id")
        page.evaluate(f"location.hash = '{name}'")
        expect(page.locator("details[open]", has=page.locator(f"#{name}"))).to_have_count(1)
    with reader.page("en", anchor=f"#{name}") as page:
        expect(page.locator("details[open]", has=page.locator(f"#{name}"))).to_have_count(1)
        assert page.locator(f"#{name}").evaluate("(e) => Math.abs(e.getBoundingClientRect().top) < innerHeight")
        assert page.locator("details:not([open])").count() > 3


def test_solutions_fold_without_a_script(reader):
    with reader.page("en", java_script_enabled=False) as page:
        details = page.locator("details").first
        program = details.locator(".program, p").last
        assert not program.is_visible()
        details.locator("summary").click()
        assert program.is_visible()


def test_progress_shows_how_far_one_has_read(reader):
    with reader.page("en") as page:
        scale = "parseFloat(getComputedStyle(document.querySelector('.md-main'), '::before').scale)"
        assert page.evaluate(scale) < 0.01
        assert page.evaluate("document.getAnimations().length") == 0, "who does not scroll pays for no animation"
        page.evaluate("document.querySelector('article').classList.add('whole')")  # the middle stays where it is
        page.evaluate("scrollTo({top: (document.documentElement.scrollHeight - innerHeight) / 2, behavior: 'instant'})")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(scale) == pytest.approx(0.5, abs=0.02)


# --- paper ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_on_paper(reader, language):
    with reader.page(language, scheme="dark") as page:
        during = "window.paper = null; addEventListener('beforeprint', () => setTimeout(() => 0)); "
        during += """addEventListener('beforeprint', () => (window.paper = {
          closed: document.querySelectorAll('details:not([open])').length,
          marks: document.querySelectorAll('.print-mark').length,
          notes: [...document.querySelectorAll('.print-notes li')].map((li) => li.textContent)}))"""
        page.evaluate(during)
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.pdf(path=SHOTS / f"momentum-{language}.pdf", prefer_css_page_size=True)
        paper = page.evaluate("window.paper")
        assert paper["closed"] == 0
        assert paper["marks"] >= len(paper["notes"]) > 3 and all(note.startswith("http") for note in paper["notes"])
        assert page.locator("details[open], .print-mark, .print-notes").count() == 0, "the screen is as it was"
        assert (
            page.locator("#fig-valley path[stroke='var(--fig-1)']").first.evaluate("(e) => getComputedStyle(e).stroke")
            == "rgb(125, 183, 240)"
        )
        page.emulate_media(media="print", color_scheme="dark")
        assert (
            page.locator("#fig-valley path[stroke='var(--fig-1)']").first.evaluate("(e) => getComputedStyle(e).stroke")
            == "rgb(11, 95, 165)"
        )
        for unprinted in (".figure-tools", ".copy", ".headerlink", ".md-header", ".md-sidebar"):
            assert not page.locator(unprinted).first.is_visible(), unprinted
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_solutions_open_on_paper_without_a_script(reader):
    with reader.page("zh", java_script_enabled=False) as page:
        program = page.locator("details .program").first
        assert not program.is_visible()
        page.emulate_media(media="print")
        assert program.is_visible()


# --- Chinese ---

BEGINNINGS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = null;
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest('svg, pre, code, math, .tool')) { before = null; continue; }
    for (let i = 0; i < node.length; i++) {
      if (!'，。、；：？！）》”’'.includes(node.data[i])) continue;
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      const block = node.parentElement.closest('p, li, dd, td, figcaption, h1, h2, h3');
      if (!block || !box.width) continue;
      const edge = block.getBoundingClientRect().left + parseFloat(getComputedStyle(block).paddingLeft);
      if (box.left < edge + 2) found.push(block.textContent.slice(0, 30) + ' … ' + node.data.slice(i - 5, i + 5));
    }
  }
  return found;
}"""


@pytest.mark.parametrize("stem", STEMS)
def test_no_chinese_sign_begins_a_line(reader, stem):
    with reader.page("zh", stem, width=390) as page:
        page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        for width in (320, 390, 700):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(BEGINNINGS) == []


def test_a_sign_that_begins_a_line_is_noticed(reader):
    with reader.page("zh", "index", width=390) as page:
        page.evaluate("document.querySelector('article p').textContent = '，不该在这里。'")
        assert page.evaluate(BEGINNINGS)


def test_chinese_is_set_as_chinese(reader):
    style = """(e) => { const s = getComputedStyle(e);
      return [s.lineBreak, s.textAutospace, parseFloat(s.lineHeight) / parseFloat(s.fontSize)]; }"""
    with reader.page("zh", "index") as page:
        strict, autospace, height = page.locator("article p").first.evaluate(style)
        assert (strict, autospace) == ("strict", "normal") and height >= 1.7
        assert page.locator("article p").first.evaluate("(e) => getComputedStyle(e).fontFeatureSettings") == "normal"
        assert "PingFang SC" in page.locator("body").evaluate("(e) => getComputedStyle(e).fontFamily")
        width = """(text) => { const s = document.createElement('span'); s.textContent = text;
          document.querySelector('article p').append(s); return s.getBoundingClientRect().width; }"""
        assert page.evaluate(width, "学a习") > page.evaluate(width, "学习") + page.evaluate(width, "a")
    with reader.page("en", "index") as page:
        assert page.locator("article p").first.evaluate(style)[0] == "auto"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_screenshots_are_kept(reader, language, scheme, width):
    with reader.page(language, scheme=scheme, width=width, anchor="#fig-valley") as page:
        page.wait_for_timeout(300)
        image = Image.open(shoot(page, f"momentum-{language}-{scheme}-{width}")).convert("L")
        dark = sum(image.resize((40, 40)).get_flattened_data()) / 1600 < 128
        assert dark == (scheme == "dark")
