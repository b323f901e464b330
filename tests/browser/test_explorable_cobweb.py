"""Newton–Schulz under the hand: keys, presses, links of the prose, and its sentence."""

from tests.browser.pages import regime_of, shown, until

STEM, FIGURE = "matrix", "#fig-newton-schulz"
SAID = regime_of(FIGURE)
VALUES = "() => document.querySelector('x-cobweb').values"


def says(page, regime: str) -> None:
    until(page, f"() => ({SAID})() === '{regime}'")


def test_by_keyboard_a_value_is_too_small_comes_to_the_cycle_and_flees(touched):
    says(touched, "weaves")
    assert shown(touched, FIGURE, "sigma", "end", "band") == ["0.05", "0.7581", "0.682 – 1.202"]
    assert touched.evaluate("document.documentElement.scrollWidth") == touched.viewport_size["width"]
    sigma, steps = touched.locator(f"{FIGURE} [name=sigma]"), touched.locator(f"{FIGURE} [name=steps]")
    sigma.focus()
    touched.keyboard.press("Home")
    says(touched, "rises")
    assert sigma.get_attribute("aria-valuetext") == "0.0005"
    steps.focus()
    touched.keyboard.press("End")
    says(touched, "cycles")
    assert shown(touched, FIGURE, "steps", "band") == ["500", "0.682 – 1.134"]
    sigma.focus()
    touched.keyboard.press("End")
    says(touched, "flees")
    assert shown(touched, FIGURE, "end") == ["∞"]
    until(touched, "() => location.hash === '#fig-newton-schulz:sigma=1.4&steps=500'")


def test_under_the_cubic_a_value_nears_one_and_stays(touched):
    touched.locator(f"{FIGURE} [name=which]").select_option("cubic")
    says(touched, "rises")
    touched.locator(f"{FIGURE} [name=sigma]").fill("-0.5")  # the logarithm of the start
    says(touched, "nears")
    touched.locator(f"{FIGURE} button[data-words=long]").click()
    says(touched, "stays")
    assert shown(touched, FIGURE, "end") == ["1"]
    touched.locator(f"{FIGURE} [data-reset]").click()
    says(touched, "weaves")


def test_a_press_on_either_panel_sets_the_start_and_buttons_what_they_say(touched):
    planes = touched.locator(f"{FIGURE} .plane")
    for k, start in ((0, 0.7), (1, 0.0005 * 2800**0.5)):
        box = planes.nth(k).bounding_box()
        touched.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        until(touched, f"(start) => Math.abs(({VALUES})().sigma / start - 1) < 0.02", start)
    for name, regime in (("tobeside", "beside"), ("toflee", "flees")):
        button = touched.locator(f"{FIGURE} button[data-words={name}]")
        assert button.bounding_box()["height"] >= 43.9
        button.click()
        says(touched, regime)


def test_the_links_of_the_prose_set_what_they_say(touched):
    links = {"sigma=1.3&steps=4": "flees", "steps=500": "cycles", "sigma=0.869": "beside", "which=cubic": "rises"}
    for state, regime in links.items():
        touched.locator(f"a[data-set='{state}']").evaluate("(element) => element.click()")
        until(touched, f"() => location.hash === '{FIGURE}:{state}' && ({SAID})() === '{regime}'")


def test_an_address_is_taken_as_near_as_it_can(touched):
    touched.evaluate(f"location.hash = '{FIGURE}:sigma=0.001&which=oops'")
    until(touched, f"() => ({VALUES})().sigma === 0.001")
    assert touched.evaluate(VALUES) == {"sigma": 0.001, "steps": 5, "which": "muon"}
    says(touched, "rises")
