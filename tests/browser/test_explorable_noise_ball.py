"""The noise ball under the reader's hand: by keyboard, press, and link, in both languages and schemes."""

from tests.browser.pages import live, regime_of, said, shown, until

STEM, FIGURE = "stochastic-gradient-descent", "#fig-noise-ball"
SAID = regime_of(FIGURE)
DRAWN = """() => [...document.querySelectorAll("#fig-noise-ball svg path")].map((e) => e.getAttribute("d")).join()"""


def level_of(page, name: str) -> float:
    return float(shown(page, FIGURE, name)[0])


def test_it_answers_keys(touched):
    assert said(touched, FIGURE) == "level"
    assert level_of(touched, "predicted") == 0.0526
    assert 0.045 < level_of(touched, "measured") < 0.06
    touched.locator(f"{FIGURE} input[name=lr]").focus()
    before = touched.evaluate(DRAWN)
    touched.keyboard.press("ArrowRight")
    until(touched, "() => document.querySelector('#fig-noise-ball [data-show=lr]').textContent === '0.11'")
    assert touched.evaluate(DRAWN) != before
    touched.keyboard.press("End")
    until(touched, "() => location.hash === '#fig-noise-ball:lr=2.2'")
    assert said(touched, FIGURE) == "diverges"
    assert shown(touched, FIGURE, "predicted") == ["–"]
    assert touched.locator(f"{FIGURE} input[name=lr]").get_attribute("aria-valuetext") == "2.2"
    assert touched.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_address_tells_a_setting(touched):
    for state, words, level in [
        ("lr=0.5", "level", 0.333),
        ("lr=0.1&batch=100", "level", 0.000526),
        ("lr=0.01", "far", 0.00503),
        ("lr=1.5", "swings", 3),
        ("lr=2", "diverges", None),
    ]:
        touched.evaluate(f"location.hash = '{FIGURE}:{state}'")
        until(touched, f"() => document.querySelector('x-noise-ball').values.lr === {state.split('&')[0].removeprefix('lr=')}")
        assert said(touched, FIGURE) == words, state
        if level:
            assert level_of(touched, "predicted") == level
        if words in ("level", "swings"):
            assert abs(level_of(touched, "measured") / level - 1) < 0.1


def test_the_prose_leads_to_settings(touched):
    touched.locator("a[data-set='lr=2.05&batch=100']").click()
    until(touched, f"({SAID})() === 'diverges'")
    assert touched.evaluate("location.hash") == "#fig-noise-ball:lr=2.05&batch=100"
    touched.locator(f"{FIGURE} [data-reset]").click()
    until(touched, f"({SAID})() === 'level'")


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
