"""The race under the hand: surfaces, starts, methods, a setting of one's own, links, and what stays without a script."""

import re

import pytest

from downhill import LANGUAGES
from tests.browser.pages import live, regime_of, settled, shown, until

STEM, FIGURE = "choosing", "#fig-race"
RACE = "document.querySelector('x-race')"
SAID = regime_of(FIGURE)
VALUES = f"() => {RACE}.values"
FOUND = f"() => !{RACE}.seeking && Object.keys({RACE}.best).length === 5"


def ready(page) -> None:
    """Bring the figure near, and wait until it can be touched and has found the best settings."""
    live(page, FIGURE)
    until(page, FOUND)


def cell(page, name: str) -> str:
    return shown(page, FIGURE, name)[0]


def drawn(page) -> int:
    """Return how many losses the drawing shows, one line a method."""
    return page.evaluate(f"() => Object.values({RACE}.lines).filter(([, , curve]) => curve.getAttribute('d')).length")


@pytest.fixture(params=[("en", "light", 1280), ("zh", "dark", 360)], ids=str)
def page(reader, request):
    language, scheme, width = request.param
    with reader.page(language, STEM, scheme=scheme, width=width) as opened:
        yield opened


def test_nothing_is_loaded_before_it_is_near_and_nothing_shifts(open_page, served):
    page = open_page(f"{served.address}en/{STEM}/")
    settled(page)
    assert not [url for url, _ in page.loaded if re.search(r"/(race|luck|element|plot|random)\.", url)]
    page.evaluate("document.querySelector('#fig-race').scrollIntoView()")
    until(page, f"() => document.querySelector('{FIGURE} .touched > svg') !== null")
    settled(page)
    assert {status for url, status in page.loaded if re.search(r"/(race|element|plot|random)\.", url)} == {200}
    assert page.evaluate("violations") == [] and page.trouble == []
    assert page.evaluate("shifted") < 0.005


def test_it_begins_as_the_still_drawing_and_its_program(page):
    box = f"() => document.querySelector('{FIGURE} figcaption').offsetTop - document.querySelector('{FIGURE}').offsetTop"
    page.evaluate("document.querySelector('article').classList.add('whole')")
    before = page.evaluate(box)
    ready(page)
    assert page.evaluate(box) == pytest.approx(before, abs=1)
    assert page.evaluate(SAID) == "leadmomentum" and drawn(page) == 4
    assert [cell(page, f"{k}-lr") for k in ("GD", "momentum", "Nesterov", "Adam")] == ["0.063", "0.089", "0.035", "0.35"]
    assert cell(page, "momentum-late") == "5.3 × 10⁻¹⁴"
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_another_surface_brings_its_start_and_its_best_settings(page):
    ready(page)
    surface = page.locator(f"{FIGURE} [name=surface]")
    surface.focus()
    page.keyboard.press("ArrowDown")
    until(page, f"() => {RACE}.values.surface === 'along'")
    until(page, f"() => ({SAID})() === 'leadAdam'")
    values = page.evaluate(VALUES)
    assert (values["x1"], values["x2"]) == (-1.8, 0.5)
    assert page.locator(f"{FIGURE} svg text", has_text="★").count() == 1
    surface.select_option("saddle")
    until(page, f"() => {RACE}.seen === 'saddle'")  # what was found before is that of the surface before
    until(page, FOUND)
    assert page.locator(f"{FIGURE} svg text", has_text="★").count() == 2
    assert cell(page, "x2") == "0.0001"
    page.locator(f"{FIGURE} [name=x2]").fill("0")
    until(page, f"() => ({SAID})() === 'ridge'")
    surface.select_option("noisy")
    until(page, f"() => ({SAID})() === 'draw'")
    assert page.locator(f"{FIGURE} [name=seed]").is_enabled()
    before = cell(page, "GD-late")
    page.locator(f"{FIGURE} [name=seed]").focus()
    page.keyboard.press("ArrowRight")
    until(page, f"(text) => document.querySelector('{FIGURE} [data-show=GD-late]').textContent !== text", before)


def test_a_press_sets_the_start_and_the_settings_follow(page):
    ready(page)
    plane = page.locator(f"{FIGURE} .plane").bounding_box()
    x, y = plane["x"] + plane["width"] / 2, plane["y"] + plane["height"] / 4
    if page.viewport_size["width"] < 600:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)
    until(page, f"() => {RACE}.values.x1 !== -1.6")
    values = page.evaluate(VALUES)
    assert (values["x1"], values["x2"]) == (pytest.approx(-0.5, abs=0.05), pytest.approx(0.7 - 2.5 / 4, abs=0.05))
    until(page, f"() => !{RACE}.seeking && ({SAID})().startsWith('lead')")
    until(page, "() => location.hash.startsWith('#fig-race:x1=-0.')")


def test_a_method_is_taken_in_hand_and_let_go(page):
    ready(page)
    rate, beta = page.locator(f"{FIGURE} [name=lr]"), page.locator(f"{FIGURE} [name=beta]")
    assert not rate.is_enabled() and not beta.is_enabled()
    page.locator(f"{FIGURE} [name=hand]").select_option("Adam")
    until(page, f"() => ({SAID})() === 'own'")
    assert page.evaluate(VALUES)["lr"] == pytest.approx(10**-0.45) and page.evaluate(VALUES)["beta"] == 0.5
    assert rate.is_enabled() and beta.is_enabled()
    late = cell(page, "Adam-late")
    rate.focus()
    page.keyboard.press("Home")
    until(page, f"(text) => document.querySelector('{FIGURE} [data-show=Adam-late]').textContent !== text", late)
    assert cell(page, "Adam-lr").startswith("0.0001 ") and rate.get_attribute("aria-valuetext") == "0.0001"
    page.locator(f"{FIGURE} [name=hand]").select_option("GD")
    until(page, f"() => document.querySelector('{FIGURE} [data-show=Adam-lr]').textContent === '0.35'")
    assert page.evaluate(VALUES)["lr"] == pytest.approx(10**-1.2) and not beta.is_enabled()
    rate.focus()
    page.keyboard.press("End")
    until(page, f"() => ({SAID})() === 'away'")
    page.locator(f"{FIGURE} [data-reset]").click()
    until(page, f"() => ({SAID})() === 'leadmomentum'")
    assert not rate.is_enabled()


def test_a_box_shows_and_hides_a_method(page):
    ready(page)
    box = page.locator(f"{FIGURE} [name=AdamW]")
    assert page.locator(f"{FIGURE} label:has([name=AdamW])").bounding_box()["height"] >= 43.9
    box.focus()
    page.keyboard.press("Space")
    until(page, f"() => {RACE}.values.AdamW === '1'")
    settled(page)
    assert drawn(page) == 5
    page.locator(f"{FIGURE} label:has([name=momentum])").click()
    until(page, f"() => ({SAID})() === 'leadAdamW'")
    assert drawn(page) == 4
    until(page, "() => location.hash === '#fig-race:momentum=0&AdamW=1'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_of_the_prose_set_what_they_say(reader, language):
    with reader.page(language, STEM) as page:
        ready(page)
        links = page.locator(f"a[data-set][href^='{FIGURE}:']")
        said = []
        for k in range(links.count()):
            links.nth(k).evaluate("(element) => element.click()")
            settled(page)
            until(page, FOUND)
            settled(page)
            said.append(page.evaluate(SAID))
        assert said == ["leadAdam", "leadNesterov", "leadGD", "draw", "away"]


def test_an_address_restores_what_it_tells(reader):
    anchor = "#fig-race:surface=rosenbrock&x1=0.5&x2=2&steps=100&hand=GD&lr=0.001&GD=0&beta=oops&method=none"
    with reader.page("zh", STEM, anchor=anchor) as page:
        ready(page)
        values = page.evaluate(VALUES)
        assert (values["surface"], values["x1"], values["x2"], values["steps"]) == ("rosenbrock", 0.5, 2, 100)
        assert (values["hand"], values["lr"], values["GD"], values["beta"]) == ("GD", 0.001, "0", 0)
        assert not page.locator(f"{FIGURE} [name=GD]").is_checked() and drawn(page) == 3
    with reader.page("en", STEM, anchor="#fig-race:surface=hill&hand=SGD") as page:
        ready(page)
        values = page.evaluate(VALUES)
        assert (values["surface"], values["hand"]) == ("turned", "none")


def test_without_a_script_the_figure_stays(reader):
    with reader.page("zh", STEM, java_script_enabled=False) as page:
        assert page.locator(f"{FIGURE} .drawing > svg[role=img]").count() == 1
        assert not page.locator(f"{FIGURE} .explorable").is_visible()
        assert page.locator("a[href='#fig-race']").count() >= 5
