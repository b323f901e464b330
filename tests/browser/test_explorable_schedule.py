"""A schedule under the hand: keys, presses on the list, links of the prose, and its sentence."""

import pytest

from tests.browser.pages import regime_of, shown, until

STEM, FIGURE = "schedules", "#fig-free-rates"
SAID = regime_of(FIGURE)


def says(page, regime: str, *ends: str) -> None:
    until(page, f"() => ({SAID})() === '{regime}'")
    assert shown(page, FIGURE, "ratio", "end")[: len(ends)] == list(ends)


def test_by_keyboard_the_best_line_becomes_too_low_too_high_and_worse_than_nothing(touched):
    says(touched, "near", "1.05", "0.01959")
    assert touched.evaluate("document.documentElement.scrollWidth") == touched.viewport_size["width"]
    peak = touched.locator(f"{FIGURE} [name=peak]")
    peak.focus()
    touched.keyboard.press("Home")
    says(touched, "low")
    assert peak.get_attribute("aria-valuetext") == "0.01"
    touched.keyboard.press("End")
    says(touched, "high")
    touched.locator(f"{FIGURE} [name=fall]").focus()
    touched.keyboard.press("Home")
    says(touched, "grows")
    until(touched, "() => location.hash === '#fig-free-rates:peak=2.2&fall=0'")


def test_buttons_lead_to_the_numbers_of_the_program(touched):
    for name, peak, end in (("constant", "0.266", "0.03066"), ("stable", "0.38", "0.02367")):
        button = touched.locator(f"{FIGURE} button[data-words={name}]")
        assert button.bounding_box()["height"] >= 44
        button.click()
        touched.locator(f"{FIGURE} [data-act=best]").click()
        says(touched, "own")
        assert shown(touched, FIGURE, "peak", "end") == [peak, end]
    touched.locator(f"{FIGURE} [name=kind]").select_option("stairs")
    touched.locator(f"{FIGURE} [name=fall]").fill("200")
    touched.locator(f"{FIGURE} [data-act=best]").click()
    until(touched, f"() => document.querySelector('{FIGURE} [data-show=end]').textContent === '0.02988'")
    assert shown(touched, FIGURE, "peak", "last") == ["0.597", "0.01"]
    touched.locator(f"{FIGURE} [data-reset]").click()
    says(touched, "near", "1.05", "0.01959")


def test_a_press_on_the_list_sets_its_peak_and_where_it_begins_to_fall(touched):
    box = touched.locator(f"{FIGURE} .plane").bounding_box()
    touched.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.8 * box["height"])
    until(touched, "() => document.querySelector('x-schedule').values.fall === 50")
    assert touched.evaluate("document.querySelector('x-schedule').values.peak") == pytest.approx(0.45, abs=0.01)


def test_the_links_of_the_prose_set_what_they_say(touched):
    links = {
        "peak=0.266": ("low", "2.25"),
        "up=60": ("low", "1.17"),
        "peak=1.47&kind=exponential&last=0.04": ("near", "1.01"),
    }
    for state, (regime, ratio) in links.items():
        touched.locator(f"a[data-set='{state}']").evaluate("(element) => element.click()")
        until(touched, f"() => location.hash === '{FIGURE}:{state}' && ({SAID})() === '{regime}'")
        assert shown(touched, FIGURE, "ratio")[0].startswith(ratio)
