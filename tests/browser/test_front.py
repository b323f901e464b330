"""The first page and the page at the root: light, drawn once, still for who asks, the same without a script."""

import pytest

from tests.browser.pages import DESK, PHONE, until

WALKS = "document.getAnimations().filter((a) => a.animationName === 'walk')"


@pytest.mark.parametrize(("language", "size"), [("en", DESK), ("zh", PHONE)])
def test_the_first_view_weighs_at_most_61_kilobytes(open_page, served, language, size):
    page = open_page("about:blank", size)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    weights = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(f"{served.address}{language}/")
    page.wait_for_load_state("networkidle")
    assert 20_000 < sum(weights) <= 61_000


def test_the_paths_are_drawn_once_and_stand_still_for_who_asks(open_page, served):
    page = open_page(served.address + "en/")
    assert page.evaluate(f"{WALKS}.length") == 3
    assert page.evaluate(f"{WALKS}.every((a) => a.effect.getComputedTiming().endTime <= 5000)")
    page = open_page(served.address + "en/", reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator("#fig-one-valley .drawing svg").is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False])
def test_the_first_page_shows_the_book(open_page, served, size, script):
    page = open_page(served.address + "zh/", size, java_script_enabled=script)
    assert page.locator(".toc").count() == 0
    hero, valley, card = (page.locator(name).first.bounding_box() for name in (".hero", "#fig-one-valley svg", ".cards li"))
    assert hero["y"] + hero["height"] < size["height"] / 2
    assert valley["y"] + valley["height"] < size["height"]
    assert card["width"] > 250
    assert page.locator(".cards .card-question").count() == page.locator(".sketch svg[viewBox]").count() >= 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_at_the_root_has_the_books_face_without_a_script(open_page, served, language):
    page = open_page(served.address, java_script_enabled=False)
    first = open_page(f"{served.address}{language}/")
    assert page.locator(f"section[lang={language}] .hero").inner_text() == first.locator(".hero").inner_text()
    assert page.locator("main > svg").is_visible()
    page.locator(f"section[lang={language}] a").click()
    assert page.url == f"{served.address}{language}/"
    assert page.trouble == []


# --- the valley under the hand ---

VALLEY = "x-valley"
SAID = "() => document.querySelector('x-valley [role=status] > :not([hidden])')?.dataset.words"
READY = "() => document.querySelector('x-valley .touched > svg') !== null"


@pytest.mark.parametrize(("language", "size", "scheme"), [("en", DESK, "light"), ("zh", PHONE, "dark")])
def test_a_reader_pushes_the_learning_rate_past_its_limit(open_page, served, language, size, scheme):
    page = open_page(f"{served.address}{language}/", size, scheme)
    assert page.locator("#fig-one-valley + x-valley + .program").count() == 1
    box = page.locator(f"{VALLEY} [name=lr]").bounding_box()
    assert box["y"] + box["height"] < 1.6 * size["height"], "one short scroll brings it into view"
    page.mouse.wheel(0, size["height"] / 2)
    until(page, READY)
    rate = page.locator(f"{VALLEY} [name=lr]")
    rate.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    until(page, f"() => ({SAID})() === 'diverges'")
    words = page.locator(f"{VALLEY} [role=status]").inner_text()
    assert {"en": "diverges", "zh": "发散"}[language] in words
    until(page, "() => location.hash === '#valley:lr=0.101'")
    assert page.evaluate("shifted") < 0.005
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert page.evaluate("violations") == [] and page.trouble == []


def test_the_link_of_the_opening_sets_the_valley_of_this_page(open_page, served):
    page = open_page(f"{served.address}en/")
    page.locator("a[data-set='lr=0.11']").click()
    until(page, READY)
    until(page, f"() => ({SAID})() === 'diverges'")
    assert page.url == f"{served.address}en/#valley:lr=0.11"
    assert 0 < page.locator(VALLEY).bounding_box()["y"] < 200


def test_an_address_restores_the_valley_of_the_first_page(open_page, served):
    page = open_page(f"{served.address}zh/#valley:lr=0.11&beta=0.5", PHONE)
    until(page, READY)
    values = page.evaluate("document.querySelector('x-valley').values")
    assert (values["lr"], values["beta"], values["kappa"]) == (0.11, 0.5, 20)
    assert page.evaluate(SAID) == "both"


def test_without_a_script_a_link_to_the_still_figure_stays(open_page, served):
    page = open_page(f"{served.address}en/", java_script_enabled=False)
    assert page.locator(VALLEY).bounding_box()["height"] == 0
    assert page.locator(f"{VALLEY} > *").evaluate_all("(all) => all.every((part) => !part.checkVisibility())")
    page.locator("p > a[href$='gradient-descent/#fig-zigzag']").click()
    assert page.locator("#fig-zigzag .drawing > svg").is_visible()
