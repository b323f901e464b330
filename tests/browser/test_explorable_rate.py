"""Six learning rates under one hand: each name leads to its value, and the sentence and the last point follow."""

import pytest

from tests.book import BOOK
from tests.browser.pages import regime_of, shown, until

STEM, FIGURE = "gradient-descent", "#fig-learning-rates"
SAID = regime_of(FIGURE)
SIX = {"slow": "1.33522", "monotone": "0.0230584", "one": "0", "swings": "0.0230584", "forever": "2", "diverges": "76.6752"}


def test_each_name_leads_to_its_value(touched):
    for name, end in SIX.items():
        button = touched.locator(f"{FIGURE} button[data-words=go-{name}]")
        assert button.bounding_box()["height"] >= 44
        button.click()
        until(touched, f"() => ({SAID})() === '{name}'")
        assert shown(touched, FIGURE, "end") == [end]
    said = touched.locator(f"{FIGURE} [role=status]").inner_text().strip()
    assert said in BOOK.pages[touched.evaluate("document.documentElement.lang")][f"{STEM}.md"].text


def test_by_keyboard_across_both_thresholds(touched):
    rate = touched.locator(f"{FIGURE} [name=lr]")
    rate.fill("0.49")
    rate.focus()
    for name in ("one", "swings"):
        touched.keyboard.press("ArrowRight")
        until(touched, f"() => ({SAID})() === '{name}'")
    rate.fill("0.99")
    for name in ("forever", "diverges"):
        touched.keyboard.press("ArrowRight")
        until(touched, f"() => ({SAID})() === '{name}'")
    assert rate.get_attribute("aria-valuetext") == "1.01"


def test_the_marks_stand_at_their_values(touched):
    box = touched.locator(f"{FIGURE} [name=lr]").bounding_box()
    for key, value in (("one", 0.5), ("two", 1)):
        mark = touched.locator(f"{FIGURE} [data-mark={key}]").bounding_box()
        middle = mark["x"] + mark["width"] / 2
        expected = box["x"] + 8 + (box["width"] - 16) * (value - 0.01) / 1.19
        assert middle == pytest.approx(expected, abs=1.5)


def test_links_of_the_prose_set_it(touched):
    for state, name in (("lr=1.05", "diverges"), ("lr=0.9", "swings")):
        touched.locator(f"a[data-set='{state}']").evaluate("(element) => element.click()")
        until(touched, f"() => ({SAID})() === '{name}'")
        assert touched.evaluate("location.hash") == f"{FIGURE}:{state}"
