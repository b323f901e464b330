"""Six learning rates under one hand: each name leads to its value, and the sentence and the last point follow."""

import pytest

from tests.book import BOOK
from tests.browser.pages import live, regime_of, shown, until

STEM, FIGURE = "gradient-descent", "#fig-learning-rates"
SAID = regime_of(FIGURE)
SIX = {"slow": "1.33522", "monotone": "0.0230584", "one": "0", "swings": "0.0230584", "forever": "2", "diverges": "76.6752"}


@pytest.fixture(params=[("zh", "light", 1280), ("en", "dark", 360)], ids=str)
def page(reader, request):
    language, scheme, width = request.param
    with reader.page(language, STEM, scheme=scheme, width=width) as opened:
        yield opened


def test_each_name_leads_to_its_value(page):
    live(page, FIGURE)
    for name, end in SIX.items():
        button = page.locator(f"{FIGURE} button[data-words=go-{name}]")
        assert button.bounding_box()["height"] >= 44
        button.click()
        until(page, f"() => ({SAID})() === '{name}'")
        assert shown(page, FIGURE, "end") == [end]
    said = page.locator(f"{FIGURE} [role=status]").inner_text().strip()
    assert said in BOOK.pages[page.evaluate("document.documentElement.lang")][f"{STEM}.md"].text


def test_by_keyboard_across_both_thresholds(page):
    live(page, FIGURE)
    rate = page.locator(f"{FIGURE} [name=lr]")
    rate.fill("0.49")
    rate.focus()
    for name in ("one", "swings"):
        page.keyboard.press("ArrowRight")
        until(page, f"() => ({SAID})() === '{name}'")
    rate.fill("0.99")
    for name in ("forever", "diverges"):
        page.keyboard.press("ArrowRight")
        until(page, f"() => ({SAID})() === '{name}'")
    assert rate.get_attribute("aria-valuetext") == "1.01"


def test_the_marks_stand_at_their_values(page):
    live(page, FIGURE)
    box = page.locator(f"{FIGURE} [name=lr]").bounding_box()
    for key, value in (("one", 0.5), ("two", 1)):
        mark = page.locator(f"{FIGURE} [data-mark={key}]").bounding_box()
        middle = mark["x"] + mark["width"] / 2
        expected = box["x"] + 8 + (box["width"] - 16) * (value - 0.01) / 1.19
        assert middle == pytest.approx(expected, abs=1.5)


def test_links_of_the_prose_set_it(page):
    for state, name in (("lr=1.05", "diverges"), ("lr=0.9", "swings")):
        page.locator(f"a[data-set='{state}']").evaluate("(element) => element.click()")
        until(page, f"() => document.querySelector('{FIGURE} .touched > svg') !== null && ({SAID})() === '{name}'")
        assert page.evaluate("location.hash") == f"{FIGURE}:{state}"


def test_the_still_figure_has_the_same_room(page):
    page.evaluate("document.querySelector('article').classList.add('whole')")
    height = f"document.querySelector('{FIGURE}').getBoundingClientRect().height"
    before = page.evaluate(height)
    live(page, FIGURE)
    assert page.evaluate(height) == pytest.approx(before, abs=1)
