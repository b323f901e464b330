"""The noise ball under the reader's hand: by keyboard, press, and link, in both languages and schemes, and without a script."""

import pytest

from tests.browser.pages import live, regime_of, said, shown, until

STEM, FIGURE = "stochastic-gradient-descent", "#fig-noise-ball"
SAID = regime_of(FIGURE)
DRAWN = """() => [...document.querySelectorAll("#fig-noise-ball svg path")].map((e) => e.getAttribute("d")).join()"""


def level_of(page, name: str) -> float:
    return float(shown(page, FIGURE, name)[0])


@pytest.mark.parametrize(("language", "width", "scheme"), [("en", 360, "light"), ("zh", 1280, "dark")])
def test_it_answers_keys(reader, language, width, scheme):
    with reader.page(language, STEM, scheme, width, "#noise-ball") as page:
        live(page, FIGURE)
        assert said(page, FIGURE) == "level"
        assert level_of(page, "predicted") == 0.0526
        assert 0.045 < level_of(page, "measured") < 0.06
        page.locator(f"{FIGURE} input[name=lr]").focus()
        before = page.evaluate(DRAWN)
        page.keyboard.press("ArrowRight")
        until(page, "() => document.querySelector('#fig-noise-ball [data-show=lr]').textContent === '0.11'")
        assert page.evaluate(DRAWN) != before
        page.keyboard.press("End")
        until(page, "() => location.hash === '#fig-noise-ball:lr=2.2'")
        assert said(page, FIGURE) == "diverges"
        assert shown(page, FIGURE, "predicted") == ["–"]
        assert page.locator(f"{FIGURE} input[name=lr]").get_attribute("aria-valuetext") == "2.2"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("state", "words", "level"),
    [
        ("lr=0.5", "level", 0.333),
        ("lr=0.1&batch=100", "level", 0.000526),
        ("lr=0.01", "far", 0.00503),
        ("lr=1.5", "swings", 3),
        ("lr=2", "diverges", None),
    ],
)
def test_an_address_tells_a_setting(reader, state, words, level):
    with reader.page("en", STEM, anchor=f"{FIGURE}:{state}") as page:
        live(page, FIGURE)
        assert said(page, FIGURE) == words
        if level:
            assert level_of(page, "predicted") == level
        if words in ("level", "swings"):
            assert abs(level_of(page, "measured") / level - 1) < 0.1


def test_the_prose_leads_to_settings(reader):
    with reader.page("en", STEM, anchor="#noise-ball") as page:
        live(page, FIGURE)
        page.locator("a[data-set='lr=2.05&batch=100']").click()
        until(page, f"({SAID})() === 'diverges'")
        assert page.evaluate("location.hash") == "#fig-noise-ball:lr=2.05&batch=100"
        page.locator(f"{FIGURE} [data-reset]").click()
        until(page, f"({SAID})() === 'level'")


def test_runs_are_drawn_again_and_a_link_shows_the_same(reader):
    with reader.page("en", STEM, anchor="#noise-ball") as page:
        live(page, FIGURE)
        first = page.evaluate(DRAWN)
        page.locator(f"{FIGURE} [data-act=again]").click()
        until(page, "() => location.hash === '#fig-noise-ball:seed=2'")
        again = page.evaluate(DRAWN)
        assert again != first
    with reader.page("zh", STEM, anchor="#fig-noise-ball:seed=2") as page:
        live(page, FIGURE)
        assert page.evaluate(DRAWN) == again


def test_without_a_script_the_figure_stands_still(reader):
    with reader.page("en", STEM, anchor="#noise-ball", java_script_enabled=False) as page:
        assert page.locator(f"{FIGURE} .drawing svg").is_visible()
        assert not page.locator(f"{FIGURE} .explorable").is_visible()
        assert page.locator("a[data-set='lr=0.1&batch=1']").get_attribute("href") == FIGURE
