"""Sections out of view are laid out when they come near, and links lead to the right place all the same."""

import pytest

from tests.browser.pages import DESK, PHONE, settled, until

TOP = "document.getElementById(id).getBoundingClientRect().top"
DRAWN = """[...document.querySelectorAll('article > section')].map(
  (section) => section.lastElementChild.checkVisibility({contentVisibilityAuto: true}))"""


def test_a_section_is_laid_out_when_it_comes_near(open_page, served):
    page = open_page(served.address + "en/momentum/", PHONE)
    seen = page.evaluate(DRAWN)
    assert len(seen) == page.locator("article h2").count() + 1 == page.locator("article > section > h2").count() + 1
    assert seen[0] and sum(seen) < len(seen) / 2 and not seen[-1]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, f"{DRAWN}.at(-1)")
    assert page.evaluate("shifted") <= 0.01


# Whether sections out of view are left out of the layout, and the page is as high as with all of them.
KEPT = f"""() => {{
  const left = {DRAWN}.filter((drawn) => !drawn).length, far = [...document.querySelectorAll('.far')];
  const height = document.body.scrollHeight;
  for (const section of far) section.classList.remove('far');
  const whole = {DRAWN}.every(Boolean), same = Math.abs(document.body.scrollHeight - height) <= 2;
  for (const section of far) section.classList.add('far');
  return left > 5 && whole && same;
}}"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_once_all_have_been_laid_out_they_keep_their_heights_and_cost_nothing(open_page, served, size):
    page = open_page(served.address + "zh/momentum/#exercises", size)
    until(page, KEPT)
    assert page.evaluate("shifted") <= 0.01
    page.set_viewport_size({**size, "width": size["width"] - 60})
    until(page, KEPT)
    page.evaluate("(location.hash = '', location.hash = 'exercises')")
    assert page.evaluate("document.getElementById('exercises').getBoundingClientRect().top") == pytest.approx(68, abs=3)


@pytest.mark.parametrize(("stem", "size"), [("momentum", DESK), ("choosing", PHONE)], ids=["momentum-desk", "choosing-phone"])
def test_a_link_leads_to_its_heading_and_the_way_back_to_where_one_was(open_page, served, stem, size):
    page = open_page(served.address + f"zh/{stem}/#exercises", size)

    def stands(heading: str, wanted: float = 68) -> None:
        page.wait_for_load_state("load")
        until(page, f"([id, wanted]) => Math.abs({TOP} - wanted) < 3", [heading, wanted])
        settled(page)
        assert page.evaluate(f"(id) => {TOP}", heading) == pytest.approx(wanted, abs=3)

    stands("exercises")
    last, middle = page.evaluate("[-1, 5].map((place) => [...document.querySelectorAll('article h2')].at(place).id)")
    for heading in (last, middle):
        page.goto(served.address + f"zh/{stem}/")
        page.evaluate("(id) => (location.hash = id)", heading)
        stands(heading)
    page.goto(served.address + f"zh/{stem}/")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    settled(page)
    before = page.evaluate(f"(id) => {TOP}", "exercises")
    page.reload()
    stands("exercises", before)
    page.goto(served.address + "zh/setup/")
    page.go_back()
    stands("exercises", before)


# Keeps whether all sections were laid out whenever something was scrolled into view.
WHOLE = """
globalThis.whole = [];
const scroll = Element.prototype.scrollIntoView;
Element.prototype.scrollIntoView = function (...how) {
  whole.push(document.querySelector('article').classList.contains('whole'));
  scroll.apply(this, how);
};
"""


def test_all_is_laid_out_before_a_link_to_a_setting_goes_to_its_figure(open_page, served):
    """In a section that is not, the figure stands beyond the sections that follow, and in the end another one is in view."""
    page = open_page("about:blank")
    page.add_init_script(WHOLE)
    page.goto(served.address + "en/choosing/#trials:schedule=all")
    settled(page)
    assert page.evaluate("whole") == [True]
    assert page.evaluate(TOP.replace("id", "'trials'")) == pytest.approx(72, abs=10)
