"""A program is edited and run where it stands: by Python from the site itself, and nothing of it before a press."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from downhill import LANGUAGES
from downhill.execution.cache import times
from downhill.markdown.needs import LONG_IN_PAGE, known, unmeasured
from tests.book import BOOK, ROOT, address, tree
from tests.browser.pages import clipboard, heard, until
from tests.browser.test_axe import APART, STRUCTURE, Judged, axe, contrast, looks
from tests.programs import PROGRAMS, faults, run
from tests.server import serve

PROGRAM = "#code-valley"
AREA, STATUS = f"{PROGRAM} textarea", f"{PROGRAM} [role=status]"
EDITED = """import matplotlib.pyplot as plt

print("η =", 1 / 8)
fig, ax = plt.subplots()
ax.plot([1, 3], color="C1")
ax.plot([2, 2], color="red")
ax.set(title="步长 mine")
plt.show()
"""
WRONG = 'print("so far")\n\nnumbers = [1]\nnumbers[2]\n'


def press(page, name: str) -> None:
    page.locator(f"{PROGRAM} .bar button", has_text=name).click()


def says(page, words: str) -> None:
    """Wait until the editor says words."""
    until(page, "([selector, words]) => document.querySelector(selector).textContent.includes(words)", [STATUS, words])


def opened(page) -> None:
    page.locator(f"{PROGRAM} > .run").click()
    page.locator(AREA).wait_for()


@pytest.fixture
def away(reader, python):
    """A function that gives a page with the editor open, where Python cannot be loaded."""

    def open_away(page):
        page.route("**/worker.js", lambda route: route.abort())
        opened(page)

    return open_away


def test_a_program_is_edited_run_stopped_and_put_back(open_page, served, site, python):
    page = open_page(f"{served.address}en/momentum/")
    page.wait_for_load_state("networkidle")
    assert not [url for url, _ in page.loaded if "assets/python" in url], "nothing of it is loaded before a press"
    before = len(page.loaded)
    heard(page, PROGRAM)
    opened(page)
    says(page, "Python is ready")
    loaded = {url for url, _ in page.loaded[before:] if "favicon" not in url}
    assert all(url.startswith(f"{served.address}assets/python/") for url in loaded)
    files = [site / urlsplit(url).path.removeprefix("/downhill/") for url in loaded]
    sizes = [len(gzip.compress(path.read_bytes())) if path.suffix in (".js", ".mjs") else path.stat().st_size for path in files]
    said = re.search(r"([\d.]+) MB, once", " ".join(page.evaluate("heard")))
    assert float(said[1]) == pytest.approx(sum(sizes) / 1e6, abs=0.06), "it says what it loads"
    page.locator(AREA).fill(EDITED)
    press(page, "Run")
    says(page, "Ran in")
    assert page.locator(f"{PROGRAM} .printed").text_content() == "η = 0.125\n"
    drawing = page.locator(f"{PROGRAM} figure svg")
    assert "步长 mine" in drawing.text_content()
    assert {"var(--fig-2)", "#ff0000"} <= set(
        drawing.evaluate("(e) => [...e.querySelectorAll('[stroke]')].map((p) => p.getAttribute('stroke'))")
    )
    light = drawing.evaluate("(e) => getComputedStyle(e).color")
    page.emulate_media(color_scheme="dark")
    until(page, "document.documentElement.dataset.mdColorScheme == 'slate'")
    assert drawing.evaluate("(e) => getComputedStyle(e).color") != light
    page.locator(AREA).fill(WRONG)
    page.locator(AREA).press("Control+Enter")
    says(page, "Line 4 fails")
    printed, error = page.locator(f"{PROGRAM} .printed").all_text_contents()
    assert printed == "so far\n"
    assert "IndexError: list index out of range" in error and 'File "program.py", line 4' in error
    assert error.count("File") == 1, "what runs the program is no part of it"
    page.locator(AREA).fill("import time\n\nwhile True:\n    print('on and on')\n    time.sleep(0.2)\n")
    press(page, "Run")
    until(page, f"document.querySelector('{PROGRAM} .printed')?.textContent.includes('on and on')")
    press(page, "Stop")
    says(page, "Stopped")
    press(page, "Reset")
    assert page.locator(AREA).input_value() == BOOK.source("momentum/valley", "en")
    press(page, "Run")
    says(page, "Ran in")
    assert page.locator(f"{PROGRAM} figure svg").count() == 1
    press(page, "Close")
    assert page.locator(f"{PROGRAM} pre").first.is_visible() and not page.locator(AREA).count()
    assert page.evaluate("document.activeElement.matches('.run')")
    assert page.evaluate("violations") == []
    assert page.trouble == []


def test_keys_write_a_program_and_leave_it(reader, away):
    with reader.page("zh") as page:
        away(page)
        says(page, "载入不了")
        area = page.locator(AREA)
        assert area.input_value() == BOOK.source("momentum/valley", "zh")
        assert area.get_attribute("aria-label") in page.locator(f"{PROGRAM} pre").first.get_attribute("aria-label")
        area.fill("")
        page.keyboard.type("for i in range(3):\nprint(i)\n")
        assert area.input_value() == "for i in range(3):\n    print(i)\n    "
        page.keyboard.press("Control+a")
        page.keyboard.press("Tab")
        assert area.input_value().startswith("    for i in range(3):\n        print(i)\n")
        page.keyboard.press("Shift+Tab")
        assert area.input_value().startswith("for i in range(3):\n    print(i)\n")
        page.keyboard.press("Control+z")
        assert area.input_value().startswith("    for"), "the browser can undo it"
        press(page, "复制")
        assert clipboard(page) == area.input_value()
        area.focus()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "运行"


def test_an_editor_leaves_the_program_to_paper_and_others_alone(reader, away):
    with reader.page("en", width=390, scheme="dark") as page:
        away(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(".editing").count() == 1
        page.emulate_media(media="print")
        assert page.locator(f"{PROGRAM} pre").first.is_visible() and not page.locator(AREA).is_visible()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_axe_finds_nothing_in_an_editor(reader, away, language, width):
    with reader.page(language, width=width) as page:
        away(page)
        page.evaluate(APART, PROGRAM)  # the looks of the rest of the page are seen where axe looks at all of it
        page.evaluate(AXE_SCRIPT)
        assert axe(page, PROGRAM, STRUCTURE) == []
        assert contrast(page, looks(page, Judged()), Judged()) == []


def test_without_a_script_there_is_no_button(reader, python):
    with reader.page("en", java_script_enabled=False) as page:
        assert page.locator("[data-run]").count() and not page.locator(".run").count()


def test_every_program_that_a_page_can_run_has_a_button(reader, site, python):
    """Each is marked on its page, and what is marked gets a button."""
    marked = {name: len(tree(address(site, "en", name)).xpath("//*[@data-run]")) for name in BOOK.pages["en"]}
    assert sum(marked.values()) == len(PROGRAMS) > 50
    with reader.page("en", "momentum") as page:
        assert page.locator(".program > .run").count() == marked["momentum.md"] > 5


def test_who_has_run_a_program_runs_it_offline(open_page, site, python):
    with serve(site) as server:
        page = open_page(f"{server.address}en/momentum/", service_workers="allow")
        page.mouse.wheel(0, 400)
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        until(page, "navigator.serviceWorker.controller !== null")
        assert not page.evaluate("caches.keys().then((names) => names.some((name) => name.includes('python')))")
        opened(page)
        says(page, "Python is ready")
    page.goto(f"{server.address}en/momentum/")
    opened(page)
    says(page, "Python is ready")


def test_programs_compute_the_same_in_both_languages():
    assert [name for name in PROGRAMS if known(BOOK.source(name, "en")) != known(BOOK.source(name, "zh"))] == []


SECONDS = times(ROOT)["page"]  # as committed: the choice is the same on every machine
QUICK = [name for name in PROGRAMS if SECONDS.get(name, 0) < LONG_IN_PAGE]


def test_what_takes_long_in_a_page_has_run_there_as_it_stands():
    assert unmeasured(BOOK, "page") == []
    assert len(PROGRAMS) - len(QUICK) < len(PROGRAMS) / 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_programs_leave_in_a_page_what_is_recorded(open_page, served, python, language):
    """Each in one of the languages, in turn: the test above has shown that but for words they are the same.

    What takes long there has run in a page, as it stands, for its time; `python -m bench.python --verify`, which the workflow
    of each week calls, runs all in both languages.
    """
    page = open_page(f"{served.address}{language}/momentum/")
    programs = QUICK[LANGUAGES.index(language) :: len(LANGUAGES)]
    left = run(page, programs, language)
    assert [fault for name in programs for fault in faults(name, left[name])] == []
