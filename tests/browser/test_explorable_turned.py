"""The turned valley under the hand: keys, presses, a rate by hand, links, and its sentence."""

import pytest

from tests.browser import pages
from tests.browser.pages import regime_of, shown, until

STEM, FIGURE = "adaptive", "#fig-turned-axes"
TURNED = "document.querySelector('x-turned')"
SAID = regime_of(FIGURE)
VALUES = f"() => {TURNED}.values"
DRAWN = f"() => Object.values({TURNED}.lines).map(({{time}}) => Number(Boolean(time.getAttribute('d')))).join('')"


def says(page, regime: str) -> None:
    """Wait until it has drawn what was set, has found all that it then seeks, and says so."""
    page.evaluate(pages.DRAWN)
    until(page, f"() => {TURNED}.exact && ({SAID})() === '{regime}'")


def test_by_keyboard_adam_loses_its_lead_and_every_angle_is_found(touched):
    says(touched, "ahead")
    assert shown(touched, FIGURE, "angle", "Adam-lr", "Adam-late", "momentum-late", "ratio") == [
        "0°",
        "0.066",
        "3.3 × 10⁻¹¹",
        "2.1 × 10⁻¹⁰",
        "0.16",
    ]
    assert touched.evaluate("document.documentElement.scrollWidth") == touched.viewport_size["width"]
    angle = touched.locator(f"{FIGURE} [name=angle]")
    angle.focus()
    for _ in range(14):
        touched.keyboard.press("ArrowRight")
    says(touched, "level")
    assert angle.get_attribute("aria-valuetext") == "14°"
    touched.keyboard.press("ArrowRight")
    says(touched, "behind")
    until(touched, "() => location.hash === '#fig-turned-axes:angle=15'")
    touched.keyboard.press("End")
    says(touched, "ahead")
    touched.locator(f"{FIGURE} [name=kappa]").focus()
    touched.keyboard.press("Home")
    says(touched, "round")
    touched.locator(f"{FIGURE} [data-reset]").click()
    says(touched, "ahead")
    until(touched, f"() => !{TURNED}.seeking")
    assert touched.evaluate(f"Object.values({TURNED}.found).map((of) => Object.keys(of).length)") == [31] * 4


def test_buttons_turn_the_valley_and_make_it_longer(touched):
    for name, regime, left in (
        ("across", "behind", "0.0013"),
        ("steeper", "behind", "0.29"),
        ("along", "ahead", "3.3 × 10⁻¹⁰"),
    ):
        button = touched.locator(f"{FIGURE} button[data-words={name}]")
        assert button.bounding_box()["height"] >= 43.9
        button.click()
        says(touched, regime)
        assert shown(touched, FIGURE, "Adam-late") == [left]
    assert touched.evaluate(VALUES)["kappa"] == 10000


def test_a_press_on_the_angles_or_in_the_valley_turns_it(touched):
    planes = touched.locator(f"{FIGURE} .plane")
    for k, across, up, angle in (
        (0, 1 / 3, 0.5, 30),
        (1, 0.75, 0.25, 45),
        (1, 0.5, 0.1, 90),
        (1, 0.25, 0.5, 0),
        (1, 0.4, 0.1, 90),
    ):
        box = planes.nth(k).bounding_box()
        touched.mouse.click(box["x"] + across * box["width"], box["y"] + up * box["height"])
        until(touched, f"(angle) => Math.abs(({VALUES})().angle - angle) <= 1", angle)


def test_a_method_is_taken_in_hand_and_another_is_hidden(touched):
    says(touched, "ahead")
    rate = touched.locator(f"{FIGURE} [name=lr]")
    assert not rate.is_enabled() and shown(touched, FIGURE, "lr") == ["–"]
    touched.locator(f"{FIGURE} [name=hand]").select_option("GD")
    says(touched, "own")
    assert rate.is_enabled() and touched.evaluate(VALUES)["lr"] == pytest.approx(0.0018, abs=1e-4)
    assert shown(touched, FIGURE, "GD-lr")[0].startswith("0.0018 ")
    rate.focus()
    touched.keyboard.press("End")
    says(touched, "away")
    assert shown(touched, FIGURE, "GD-late") == ["∞"]
    touched.locator(f"{FIGURE} [name=hand]").select_option("none")
    says(touched, "ahead")
    assert touched.evaluate(DRAWN) == "1111"
    box = touched.locator(f"{FIGURE} [name=sign]")
    assert box.evaluate("(box) => box.closest('label').getBoundingClientRect().height") >= 43.9
    box.focus()
    touched.keyboard.press("Space")
    until(touched, f"() => ({DRAWN})() === '1101'")


def test_the_links_of_the_prose_set_what_they_say(touched):
    links = {
        "angle=12": ("ahead", "0.68", "8.8 × 10⁻¹¹"),
        "angle=15": ("behind", "0.72", "6.7 × 10⁻¹⁰"),
        "angle=45": ("behind", "0.12", "0.0013"),
        "angle=46": ("behind", "0.44", "0.0012"),
        "angle=45&kappa=100": ("round", "0.0059", "6.3 × 10⁻¹²"),
        "angle=10&kappa=10000": ("behind", "1.5", "0.13"),
    }
    found = {}
    for state, (regime, *_) in links.items():
        touched.locator(f"a[data-set='{state}']").first.evaluate("(element) => element.click()")
        until(touched, f"() => location.hash === '{FIGURE}:{state}'")
        says(touched, regime)
        found[state] = (regime, *shown(touched, FIGURE, "sign-late", "Adam-late"))
    assert found == links


def test_an_address_is_taken_as_near_as_it_can(touched):
    touched.evaluate(f"location.hash = '{FIGURE}:angle=95.6&kappa=oops&hand=nobody'")
    until(touched, f"() => ({VALUES})().angle === 90")
    assert touched.evaluate(VALUES).items() >= {"angle": 90, "kappa": 1000, "hand": "none"}.items()
    says(touched, "ahead")
