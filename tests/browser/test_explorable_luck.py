"""The winner's luck under the hand: settings, noise, runs, rounds, and links."""

import pytest

from tests.browser.pages import regime_of, said, shown, until

STEM, FIGURE = "choosing", "#fig-luck"
SAID = regime_of(FIGURE)


def says(page, name: str, text: str) -> None:
    until(page, f"(text) => document.querySelector('{FIGURE} [data-show={name}]').textContent === text", text)


def test_it_begins_as_the_program(touched):
    assert shown(touched, FIGURE, "n", "flattery", "most") == ["10", "0.154", "0.215"]
    assert shown(touched, FIGURE, "worse", "played", "seen") == ["90.9", "0", "–"]
    assert said(touched, FIGURE) == "above"
    assert touched.evaluate("document.documentElement.scrollWidth") == touched.viewport_size["width"]


def test_by_keyboard(touched):
    ends = {"n": ("1000", "0.324", "thrice"), "sd": ("0.3", "0.972", "thrice"), "runs": ("10", "0.308", "thrice")}
    for name, (value, flattery, words) in ends.items():
        touched.locator(f"{FIGURE} [name={name}]").focus()
        touched.keyboard.press("End")
        says(touched, "flattery", flattery)
        assert (*shown(touched, FIGURE, name), said(touched, FIGURE)) == (value, words)
    touched.locator(f"{FIGURE} [name=n]").focus()
    touched.keyboard.press("Home")
    until(touched, f"() => ({SAID})() === 'alone'")
    says(touched, "most", "0.000")
    assert shown(touched, FIGURE, "flattery") == ["0.000"]
    assert touched.locator(f"{FIGURE} svg text[visibility=hidden]").count() == 1


def test_rounds_are_played_kept_in_the_address_and_the_same_for_everybody(touched):
    one, hundred = (touched.locator(f"{FIGURE} button[data-act='{count}']") for count in (1, 100))
    assert one.bounding_box()["height"] >= 44
    one.click()
    says(touched, "played", "1")
    hundred.click()
    says(touched, "played", "101")
    assert abs(float(shown(touched, FIGURE, "seen")[0]) - 0.154) < 4 * 0.059 / 10
    assert abs(float(shown(touched, FIGURE, "again")[0].replace("−", "-"))) < 4 * 0.1 / 10
    until(touched, "() => location.hash === '#fig-luck:rounds=101'")
    (seen,) = shown(touched, FIGURE, "seen")
    touched.locator(f"{FIGURE} [data-reset]").click()
    says(touched, "played", "0")
    until(touched, "() => location.hash === '#fig-luck:'")
    touched.evaluate("location.hash = '#fig-luck:rounds=101'")
    says(touched, "seen", seen)
    touched.locator(f"{FIGURE} [name=sd]").fill("0.2")
    says(touched, "flattery", "0.308")
    assert float(shown(touched, FIGURE, "seen")[0]) == pytest.approx(2 * float(seen), abs=0.0011)


def test_the_links_of_the_prose_set_what_they_say(touched):
    for state, flattery, words in [("n=637", "0.311", "thrice"), ("runs=5", "0.069", "above")]:
        touched.locator(f"a[data-set='{state}']").evaluate("(element) => element.click()")
        says(touched, "flattery", flattery)
        assert said(touched, FIGURE) == words
        assert touched.evaluate("location.hash") == f"{FIGURE}:{state}"
