"""The plane of the regimes answers keys, presses, buttons, and links, in both languages and at every width."""

import pytest

from tests.browser.pages import shown, until

STEM, FIGURE = "momentum", "#fig-regimes"
WORDS = {
    "en": {"swings": "Swings.", "glides": "Glides.", "jumps": "Jumps.", "diverges": "Diverges.", "meets": "On the edge.",
           "best": "The best pair.", "cycle": "It does not arrive.", "arrives": "It arrives.", "flat": "The flat end"},
    "zh": {"swings": "摆动。", "glides": "滑行。", "jumps": "跳动。", "diverges": "发散。", "meets": "在边界上。",
           "best": "最好的一对。", "cycle": "走不到。", "arrives": "走到了。", "flat": "平的一端较慢。"},
}  # fmt: skip


def says(page, words: str) -> None:
    until(page, "(words) => document.querySelector('#fig-regimes [role=status]').innerText.trim().startsWith(words)", words)


def press(page, step: float, beta: float) -> None:
    plane = page.locator(f"{FIGURE} .plane")
    box = plane.bounding_box()
    plane.click(position={"x": box["width"] * step / 4, "y": box["height"] * (1 - beta)})


@pytest.fixture
def words(touched) -> dict[str, str]:
    return WORDS[touched.shown[0]]


def test_a_press_in_each_region_is_called_by_its_name(touched, words):
    says(touched, words["swings"])
    for name, point in {"glides": (0.3, 0.1), "jumps": (1.9, 0.05), "diverges": (3, 0.2), "swings": (1.5, 0.5)}.items():
        press(touched, *point)
        says(touched, words[name])
    assert float(shown(touched, FIGURE, "factor")[0]) == pytest.approx(0.5**0.5, abs=0.01)
    assert touched.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_buttons_lead_to_what_the_page_computes(touched, words):
    usual, critical, best, cycle, reset = touched.locator(f"{FIGURE} .presses button").all()
    usual.click()
    until(touched, "document.querySelector('#fig-regimes [data-show=count]').innerText === '145'")
    assert shown(touched, FIGURE, "factor", "period") == ["0.949", "46.4"]
    critical.click()
    says(touched, words["meets"])
    assert shown(touched, FIGURE, "beta", "count") == ["0.7372", "66"]
    touched.locator(f"{FIGURE} [name=kappa]").fill("100")
    says(touched, words["flat"])
    best.click()
    says(touched, words["best"])
    assert shown(touched, FIGURE, "step", "beta") == ["3.306", "0.6694"]
    cycle.click()
    says(touched, words["cycle"])
    assert shown(touched, FIGURE, "kappa", "period", "factor") == ["25", "3", "0.667"]
    touched.locator(f"{FIGURE} [name=kappa]").press("ArrowRight")
    until(touched, "document.querySelector('#fig-regimes [name=on]').value === 'parabola'")
    reset.click()
    says(touched, words["swings"])


def test_by_keyboard_alone(touched, words):
    touched.locator(f"{FIGURE} [name=step]").focus()
    touched.keyboard.press("End")
    says(touched, words["diverges"])
    touched.keyboard.press("Home")
    touched.keyboard.press("Tab")
    touched.keyboard.press("Home")
    says(touched, words["glides"])
    assert shown(touched, FIGURE, "period") == ["–"]
    heights = touched.locator(f"{FIGURE} :is(input, select, .presses button)").evaluate_all(
        "(parts) => parts.map((part) => part.getBoundingClientRect().height)"
    )
    assert len(heights) > 8 and min(heights) >= 44


def test_the_prose_leads_to_settings_and_the_address_keeps_them(touched, words):
    touched.evaluate("scrollTo(0, 0)")
    touched.locator("a[data-set*='on=cycle']").first.click()
    says(touched, words["cycle"])
    assert touched.locator(f"{FIGURE} svg").first.bounding_box()["y"] > 0
    touched.locator("a[data-set='step=1&beta=0.444444&kappa=25&on=cycle']").click()
    says(touched, words["arrives"])
    touched.evaluate(f"location.hash = '{FIGURE}:step=0.02&beta=0.737157'")
    says(touched, words["meets"])
    press(touched, 3, 0.2)
    until(touched, "location.hash === '#fig-regimes:step=3&beta=0.2'")


def test_turning_a_phone_lays_it_out_anew(touched, words):
    size, box = touched.viewport_size, "document.querySelector('#fig-regimes svg').getAttribute('viewBox')"
    before = touched.evaluate(box)
    touched.set_viewport_size({"width": 1280 if size["width"] < 600 else 600, "height": 800})
    until(touched, f"(before) => {box} !== before", before)
    press(touched, 3, 0.2)
    says(touched, words["diverges"])
    touched.set_viewport_size(size)
    until(touched, f"(before) => {box} === before", before)


def test_a_path_that_has_come_to_rest_is_drawn_to_its_last_step(touched):
    touched.evaluate(f"location.hash = '{FIGURE}:step=1&beta=0&kappa=1'")
    until(touched, "document.querySelector('x-regimes').dots.getAttribute('d').split('M').length === 62")
