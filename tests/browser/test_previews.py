"""Previews: what a link leads to, shown where it stands, and loaded when the first one is asked for."""

import pytest

from downhill import LANGUAGES
from tests import small
from tests.browser.pages import DESK, PHONE, settled, until

OPEN = "document.getElementById('preview')?.matches(':popover-open') ?? false"
SHOWN = "document.getElementById('preview').innerText"
# whether the preview of what the pointer rests on comes within some hundred frames
COMES = """async () => {
  for (let frame = 0; frame < 300; frame += 1) {
    if (document.querySelector('[aria-describedby=preview]')?.matches(':hover')) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}"""


def hover(page, selector: str) -> str:
    """Let the pointer rest on a link of the article; return what its preview says."""
    link = page.locator(f"article {selector}").first
    page.evaluate("layOut()")  # a jump lays out all sections, and scrolling hides
    link.scroll_into_view_if_needed()
    settled(page)
    first = """(link) => {
      const [box, line] = [link.getBoundingClientRect(), link.getClientRects()[0]]; // a link may go on in the next line
      return { x: line.x - box.x + line.width / 2, y: line.y - box.y + line.height / 2 };
    }"""

    def shows() -> bool:
        page.mouse.move(2, 2)
        link.hover(position=link.evaluate(first))
        return page.evaluate(COMES)

    small.until(shows)  # on a busy machine a section is laid out late, and what scrolls hides it
    return page.evaluate(SHOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_shows_its_definition_and_nothing_is_loaded_before(open_page, served, language):
    page = open_page(served.address + f"{language}/momentum/")
    assert not [address for address, _ in page.loaded if "preview" in address or "glossary" in address]
    said = hover(page, "a.term[href$='#condition-number']")
    assert {"zh": "条件数 · condition number", "en": "condition number · 条件数"}[language] in said
    assert len([address for address, _ in page.loaded if "/glossary/" in address]) == 1
    hover(page, "a.term[href$='#learning-rate']")
    assert len([address for address, _ in page.loaded if "/glossary/" in address]) == 1, "a page is fetched once"
    page.mouse.move(2, 2)
    until(page, f"!({OPEN})")
    assert page.trouble == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_shows_the_lines_that_compute_it_and_the_test_that_holds_it(open_page, served, language):
    page = open_page(served.address + f"{language}/momentum/")
    said = hover(page, "a.value[data-held][href='#code-equal-step']:text-is('145')")
    assert "counts = [steps_to_stay(path) for path in paths]" in said
    assert "([377, 145, 66, 35]," in said
    assert {"zh": "由这条测试守住", "en": "Held by this test"}[language] in said
    recorded = {"zh": "记录在案", "en": "on record"}[language]
    assert recorded not in said
    said = hover(page, "a.value[href='#code-momentum-mnist']:not([data-held])")
    assert said.index("paired = (runs[1] - runs[0]).T.tolist()") < said.index(recorded)
    assert ">>>" not in said
    assert "…" in (long := hover(page, "a.value[href='#code-momentum-network'][data-by*=' ']")), "what lies between is left out"
    assert long.index("for ") < long.index("…")
    page = open_page(served.address + f"{language}/choosing/")
    said = hover(page, "a.value[data-with][href='#code-best-of-many']")
    assert said.index("luck = ") < said.index(">>> ") < said.index(recorded)


def test_equations_figures_sources_and_sections_are_shown_as_they_stand(open_page, served):
    page = open_page(served.address + "en/momentum/")
    hover(page, "p a[href='#eq-update']")
    assert page.locator("#preview math[display=block]").count() == 1
    assert "Wright" not in hover(page, "a.citation[href='#ref-polyak1964']")
    assert "Polyak" in page.evaluate(SHOWN)
    assert "A valley makes it zig-zag" in hover(page, "a[href$='gradient-descent/#valley']")
    assert "Figure 3." in hover(page, "a[href='#fig-regimes']:not(.caption-number)")
    assert page.locator("#preview .drawing svg").is_visible()
    assert "Theorem 1 (when heavy ball converges)" in hover(page, "a[href='#thm-heavy-ball']:not(.caption-number)")
    assert page.locator("#preview .theorem math[display=block]").count() == 1, "the whole statement"
    assert "Theorem 3 (convex functions)" in hover(page, "a[href$='gradient-descent/#thm-convex']")
    hover(page, "a[href='#fig-regimes']:not(.caption-number)")
    broken = page.evaluate(
        """[...document.querySelectorAll("#preview use")].filter((use) => !document.querySelector(use.getAttribute("href") ??
        use.getAttribute("xlink:href"))).length"""
    )
    assert broken == 0, "a picture finds its parts"
    twice = page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);"
        " return ids.filter((id, i) => ids.indexOf(id) !== i); })()"
    )
    assert twice == []
    assert page.trouble == []


def test_keys_show_it_and_escape_hides_it(open_page, served):
    page = open_page(served.address + "en/momentum/")
    page.locator("article a.term").first.focus()
    page.keyboard.press("Tab")
    until(page, OPEN)
    focused = "document.activeElement.getAttribute('aria-describedby')"
    assert page.evaluate(focused) == "preview"
    page.keyboard.press("Escape")
    assert not page.evaluate(OPEN)
    assert page.evaluate(focused) is None
    page.keyboard.press("Tab")
    until(page, OPEN)
    page.locator("article a.term").first.evaluate("(link) => link.blur()")
    page.evaluate("document.activeElement.blur()")
    until(page, f"!({OPEN})")


def test_keys_scroll_a_preview_that_has_little_room_before_the_page(open_page, served):
    page = open_page(served.address + "en/momentum/", {"width": 1280, "height": 480})
    page.evaluate("layOut()")
    link = page.locator("article p a[href='#fig-regimes']:not(.caption-number)").first
    link.evaluate("(link) => link.scrollIntoView({block: 'center', behavior: 'instant'})")
    settled(page)
    page.keyboard.press("Shift")  # so that the focus is that of a keyboard
    link.focus()
    until(page, OPEN)
    before, low = page.evaluate("scrollY"), "preview.scrollHeight - preview.clientHeight - preview.scrollTop"
    assert page.evaluate(low) > 40
    for _ in range(30):
        if page.evaluate(low) < 1:
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate(low) < 1 and page.evaluate("scrollY") == before and page.evaluate(OPEN)
    page.keyboard.press("ArrowDown")
    until(page, f"scrollY > {before}")


def test_on_a_touch_screen_the_first_tap_shows_and_the_link_inside_goes(open_page, served):
    page = open_page(served.address + "zh/momentum/", PHONE, has_touch=True)
    page.locator("article a.term").first.tap()
    until(page, OPEN)
    assert page.url.endswith("/zh/momentum/")
    box = page.locator("#preview").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert page.locator("#preview .go").bounding_box()["height"] >= 44
    page.locator("#preview .go").tap()
    page.wait_for_url("**/zh/glossary/#*")
    assert page.trouble == []


def test_what_cannot_be_shown_is_gone_to(open_page, served):
    page = open_page(served.address + "en/momentum/", PHONE, has_touch=True)
    page.route("**/preview.*", lambda route: route.abort())
    page.locator("article a.term").first.tap()
    page.wait_for_url("**/en/glossary/#*")
    page = open_page(served.address + "en/momentum/", DESK)
    page.locator("article a.term").first.click()
    page.wait_for_url("**/en/glossary/#*")
