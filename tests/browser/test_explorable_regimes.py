"""The plane of the regimes answers keys, presses, buttons, and links, in both languages and at every width."""

import pytest

from downhill import LANGUAGES
from tests.browser.pages import DESK, settled, shown, until

FIGURE = "#fig-regimes"
WORDS = {
    "en": {"swings": "Swings.", "glides": "Glides.", "jumps": "Jumps.", "diverges": "Diverges.", "meets": "On the edge.",
           "best": "The best pair.", "cycle": "It does not arrive.", "arrives": "It arrives.", "flat": "The flat end"},
    "zh": {"swings": "摆动。", "glides": "滑行。", "jumps": "跳动。", "diverges": "发散。", "meets": "在边界上。",
           "best": "最好的一对。", "cycle": "走不到。", "arrives": "走到了。", "flat": "平的一端较慢。"},
}  # fmt: skip


def opened(page):
    page.locator(FIGURE).scroll_into_view_if_needed()
    until(page, "document.querySelector('#fig-regimes .touched svg')")


def says(page, words: str) -> None:
    until(page, "(words) => document.querySelector('#fig-regimes [role=status]').innerText.trim().startsWith(words)", words)


def press(page, step: float, beta: float) -> None:
    plane = page.locator(f"{FIGURE} .plane")
    box = plane.bounding_box()
    plane.click(position={"x": box["width"] * step / 4, "y": box["height"] * (1 - beta)})


@pytest.mark.parametrize(("language", "scheme", "width"), [("zh", "light", 1280), ("en", "dark", 360)])
def test_a_press_in_each_region_is_called_by_its_name(reader, language, scheme, width):
    with reader.page(language, scheme=scheme, width=width, anchor=FIGURE) as page:
        opened(page)
        says(page, WORDS[language]["swings"])
        for name, point in {"glides": (0.3, 0.1), "jumps": (1.9, 0.05), "diverges": (3, 0.2), "swings": (1.5, 0.5)}.items():
            press(page, *point)
            says(page, WORDS[language][name])
        assert float(shown(page, FIGURE, "factor")[0]) == pytest.approx(0.5**0.5, abs=0.01)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_lead_to_what_the_page_computes(reader, language):
    with reader.page(language, width=390, anchor=FIGURE) as page:
        opened(page)
        usual, critical, best, cycle, reset = page.locator(f"{FIGURE} .presses button").all()
        usual.click()
        until(page, "document.querySelector('#fig-regimes [data-show=count]').innerText === '145'")
        assert shown(page, FIGURE, "factor", "period") == ["0.949", "46.4"]
        critical.click()
        says(page, WORDS[language]["meets"])
        assert shown(page, FIGURE, "beta", "count") == ["0.7372", "66"]
        page.locator(f"{FIGURE} [name=kappa]").fill("100")
        says(page, WORDS[language]["flat"])
        best.click()
        says(page, WORDS[language]["best"])
        assert shown(page, FIGURE, "step", "beta") == ["3.306", "0.6694"]
        cycle.click()
        says(page, WORDS[language]["cycle"])
        assert shown(page, FIGURE, "kappa", "period", "factor") == ["25", "3", "0.667"]
        page.locator(f"{FIGURE} [name=kappa]").press("ArrowRight")
        until(page, "document.querySelector('#fig-regimes [name=on]').value === 'parabola'")
        reset.click()
        says(page, WORDS[language]["swings"])


@pytest.mark.parametrize("width", [1280, 360])
def test_by_keyboard_alone(reader, width):
    with reader.page("en", width=width, anchor=FIGURE) as page:
        opened(page)
        page.locator(f"{FIGURE} [name=step]").focus()
        page.keyboard.press("End")
        says(page, "Diverges.")
        page.keyboard.press("Home")
        page.keyboard.press("Tab")
        page.keyboard.press("Home")
        says(page, "Glides.")
        assert shown(page, FIGURE, "period") == ["–"]
        for box in (each.bounding_box() for each in page.locator(f"{FIGURE} :is(input, select, .presses button)").all()):
            assert box["height"] >= 44


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prose_leads_to_settings_and_the_address_keeps_them(reader, language):
    with reader.page(language) as page:
        page.locator("a[data-set*='on=cycle']").first.click()
        says(page, WORDS[language]["cycle"])
        assert page.locator(f"{FIGURE} svg").first.bounding_box()["y"] > 0
        page.locator("a[data-set='step=1&beta=0.444444&kappa=25&on=cycle']").click()
        says(page, WORDS[language]["arrives"])
    with reader.page(language, anchor=f"{FIGURE}:step=0.02&beta=0.737157") as page:
        says(page, WORDS[language]["meets"])
        press(page, 3, 0.2)
        until(page, "location.hash === '#fig-regimes:step=3&beta=0.2'")


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_it_comes_to_life(open_page, served, width):
    page = open_page(f"{served.address}en/momentum/", size={**DESK, "width": width})
    before = page.locator(FIGURE).evaluate("(figure) => figure.getBoundingClientRect().height")
    picture = page.locator(f"{FIGURE} svg").first.evaluate("(svg) => svg.getBoundingClientRect().width")
    opened(page)
    settled(page)
    after = page.locator(FIGURE).evaluate("(figure) => figure.getBoundingClientRect().height")
    assert abs(after - before) < 2
    scale = page.locator(f"{FIGURE} svg").first.evaluate("(svg) => svg.getScreenCTM().a")
    assert abs(345.6 * scale - picture) < 1
    assert page.evaluate("shifted") < 0.01 and page.trouble == []


def test_turning_a_phone_lays_it_out_anew(reader):
    with reader.page("zh", width=1280, anchor=FIGURE) as page:
        opened(page)
        beside = page.locator(f"{FIGURE} svg").first.get_attribute("viewBox")
        page.set_viewport_size({"width": 600, "height": 800})
        until(page, "(box) => document.querySelector('#fig-regimes svg').getAttribute('viewBox') !== box", beside)
        press(page, 3, 0.2)
        says(page, "发散。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_the_drawing_stays_alone(reader, language):
    with reader.page(language, java_script_enabled=False, anchor=FIGURE) as page:
        assert page.locator(f"{FIGURE} .drawing svg").is_visible()
        assert not page.locator(f"{FIGURE} input").first.is_visible()
        assert page.locator("a[href='#fig-regimes'][data-set]").count() >= 6


def test_a_path_that_has_come_to_rest_is_drawn_to_its_last_step(reader):
    with reader.page("en", anchor=f"{FIGURE}:step=1&beta=0&kappa=1") as page:
        opened(page)
        until(page, "document.querySelector('x-regimes').dots.getAttribute('d').split('M').length === 62")
