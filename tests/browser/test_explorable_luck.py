"""The winner's luck under the hand: settings, noise, runs, rounds, links, and what stays without a script."""

import pytest

from downhill import LANGUAGES
from tests.browser.pages import live, regime_of, said, shown, until

STEM, FIGURE = "choosing", "#fig-luck"
LUCK = "document.querySelector('x-luck')"
SAID = regime_of(FIGURE)


def says(page, name: str, text: str) -> None:
    until(page, f"(text) => document.querySelector('{FIGURE} [data-show={name}]').textContent === text", text)


@pytest.fixture(params=[("en", "dark", 1280), ("zh", "light", 360)], ids=str)
def page(reader, request):
    language, scheme, width = request.param
    with reader.page(language, STEM, scheme=scheme, width=width) as opened:
        live(opened, FIGURE)
        yield opened


def test_it_begins_as_the_program(page):
    assert shown(page, FIGURE, "n", "flattery", "most") == ["10", "0.154", "0.215"]
    assert shown(page, FIGURE, "worse", "played", "seen") == ["90.9", "0", "–"]
    assert said(page, FIGURE) == "above"
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_by_keyboard(page):
    ends = {"n": ("1000", "0.324", "thrice"), "sd": ("0.3", "0.972", "thrice"), "runs": ("10", "0.308", "thrice")}
    for name, (value, flattery, words) in ends.items():
        page.locator(f"{FIGURE} [name={name}]").focus()
        page.keyboard.press("End")
        says(page, "flattery", flattery)
        assert (*shown(page, FIGURE, name), said(page, FIGURE)) == (value, words)
    page.locator(f"{FIGURE} [name=n]").focus()
    page.keyboard.press("Home")
    until(page, f"() => ({SAID})() === 'alone'")
    says(page, "most", "0.000")
    assert shown(page, FIGURE, "flattery") == ["0.000"]
    assert page.locator(f"{FIGURE} svg text[visibility=hidden]").count() == 1


def test_rounds_are_played_kept_in_the_address_and_the_same_for_everybody(page):
    one, hundred = (page.locator(f"{FIGURE} button[data-act='{count}']") for count in (1, 100))
    assert one.bounding_box()["height"] >= 44
    one.click()
    says(page, "played", "1")
    hundred.click()
    says(page, "played", "101")
    assert abs(float(shown(page, FIGURE, "seen")[0]) - 0.154) < 4 * 0.059 / 10
    assert abs(float(shown(page, FIGURE, "again")[0].replace("−", "-"))) < 4 * 0.1 / 10
    until(page, "() => location.hash === '#fig-luck:rounds=101'")
    (seen,) = shown(page, FIGURE, "seen")
    page.locator(f"{FIGURE} [data-reset]").click()
    says(page, "played", "0")
    until(page, "() => location.hash === '#fig-luck:'")
    page.evaluate("location.hash = '#fig-luck:rounds=101'")
    says(page, "seen", seen)
    page.locator(f"{FIGURE} [name=sd]").fill("0.2")
    says(page, "flattery", "0.308")
    assert float(shown(page, FIGURE, "seen")[0]) == pytest.approx(2 * float(seen), abs=0.0011)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_of_the_prose_set_what_they_say(reader, language):
    with reader.page(language, STEM) as page:
        live(page, FIGURE)
        for state, flattery, words in [("n=637", "0.311", "thrice"), ("runs=5", "0.069", "above")]:
            page.locator(f"a[data-set='{state}']").evaluate("(element) => element.click()")
            says(page, "flattery", flattery)
            assert said(page, FIGURE) == words
            assert page.evaluate("location.hash") == f"{FIGURE}:{state}"


def test_without_a_script_the_figure_stays(reader):
    with reader.page("en", STEM, java_script_enabled=False) as page:
        assert page.locator(f"{FIGURE} .drawing > svg[role=img]").count() == 1
        assert not page.locator(f"{FIGURE} .explorable").is_visible()
