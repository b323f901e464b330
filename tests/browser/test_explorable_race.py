"""The race under the hand: surfaces, starts, methods, a setting of one's own, and links."""

import pytest

from tests.browser.pages import DRAWN, regime_of, shown, until

STEM, FIGURE = "choosing", "#fig-race"
RACE = "document.querySelector('x-race')"
SAID = regime_of(FIGURE)
VALUES = f"() => {RACE}.values"
FOUND = f"() => !{RACE}.seeking && Object.keys({RACE}.best).length === 5"


@pytest.fixture
def page(touched):
    """The figure, once it has found the best settings."""
    until(touched, FOUND)
    return touched


def cell(page, name: str) -> str:
    return shown(page, FIGURE, name)[0]


def drawn(page) -> int:
    """Return how many losses the drawing shows, one line a method."""
    return page.evaluate(f"() => Object.values({RACE}.lines).filter(([, , curve]) => curve.getAttribute('d')).length")


def test_it_begins_as_its_program(page):
    assert page.evaluate(SAID) == "leadmomentum" and drawn(page) == 4
    assert [cell(page, f"{k}-lr") for k in ("GD", "momentum", "Nesterov", "Adam")] == ["0.063", "0.089", "0.035", "0.35"]
    assert cell(page, "momentum-late") == "5.3 × 10⁻¹⁴"
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_another_surface_brings_its_start_and_its_best_settings(page):
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
    parts = "(at) => document.elementsFromPoint(...at).filter((part) => part.matches('svg *')).map((part) => part.classList[0])"
    assert page.evaluate(parts, [x, y]) == ["plane"], "no line of the map is asked whether a finger touches it"


def test_a_method_is_taken_in_hand_and_let_go(page):
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
    box = page.locator(f"{FIGURE} [name=AdamW]")
    assert page.locator(f"{FIGURE} label:has([name=AdamW])").bounding_box()["height"] >= 43.9
    box.focus()
    page.keyboard.press("Space")
    until(page, f"() => {RACE}.values.AdamW === '1'")
    page.evaluate(DRAWN)
    assert drawn(page) == 5
    page.locator(f"{FIGURE} label:has([name=momentum])").click()
    until(page, f"() => ({SAID})() === 'leadAdamW'")
    assert drawn(page) == 4
    until(page, "() => location.hash === '#fig-race:momentum=0&AdamW=1'")


def test_the_links_of_the_prose_set_what_they_say(page):
    said = []
    for link in page.locator(f"a[data-set][href^='{FIGURE}:']").all():
        link.evaluate("(element) => element.click()")
        page.evaluate(DRAWN)
        until(page, FOUND)
        page.evaluate(DRAWN)
        said.append(page.evaluate(SAID))
    assert said == ["leadAdam", "leadNesterov", "leadGD", "draw", "away"]


def test_an_address_restores_what_it_tells(page):
    state = "surface=rosenbrock&x1=0.5&x2=2&steps=100&hand=GD&lr=0.001&GD=0&beta=oops&method=none"
    page.evaluate(f"location.hash = '{FIGURE}:{state}'")
    until(page, f"() => {RACE}.seen === 'rosenbrock' && ({FOUND})()")
    values = page.evaluate(VALUES)
    assert (values["surface"], values["x1"], values["x2"], values["steps"]) == ("rosenbrock", 0.5, 2, 100)
    assert (values["hand"], values["lr"], values["GD"], values["beta"]) == ("GD", 0.001, "0", 0)
    assert not page.locator(f"{FIGURE} [name=GD]").is_checked() and drawn(page) == 3


def test_an_address_with_no_such_surface_and_method_shows_the_first(page):
    page.evaluate(f"location.hash = '{FIGURE}:surface=hill&hand=SGD&steps=100'")
    until(page, f"() => {RACE}.values.steps === 100")
    values = page.evaluate(VALUES)
    assert (values["surface"], values["hand"]) == ("turned", "none")
