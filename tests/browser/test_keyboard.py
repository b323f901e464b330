"""Everything is reached by keyboard, and the focus is seen."""

import pytest

from tests.browser.pages import DESK, PHONE


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everything_is_reached_by_keyboard_with_a_visible_focus(open_page, served, size):
    page = open_page(served.address + "en/setup/", size)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """[document.activeElement].map((e) => [
              e.ariaLabel || [...e.childNodes].map((part) => part.ariaLabel ?? part.textContent).join(""),
              getComputedStyle(e).outlineWidth,
            ])[0]"""
        )
        reached.append(name.strip())
        assert float(outline.removesuffix("px")) > 1, name
    assert reached[0] == "Skip to content"
    wanted = {"Downhill 下山", "Search", "Colours: as the system", "中文"}
    assert wanted | ({"Contents of the book"} if size is PHONE else {"Momentum"}) <= set(reached)
    if size is PHONE:
        page.locator(".for-nav").press("Enter")
        assert page.locator(".nav").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".nav").is_visible()
        assert page.evaluate("document.activeElement.matches('.for-nav')")


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_focus_is_seen(reader, language, scheme):
    with reader.page(language, "stochastic-gradient-descent", scheme) as page:
        for _ in range(60):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                  const e = document.activeElement, s = getComputedStyle(e);
                  const away = e.closest('.md-header, .md-skip, body:not(:has(*:focus))');
                  const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
                  return away || seen ? '' : e.outerHTML;
                }"""
            )
            assert not seen, seen


def test_what_scrolls_takes_the_focus(reader):
    with reader.page("zh", width=390) as page:
        page.evaluate("document.querySelector('article').classList.add('whole')")
        page.wait_for_timeout(300)
        loose = page.evaluate(
            """() => [...document.querySelectorAll('article *')].filter((e) => e.checkVisibility()
              && e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
              && e.tabIndex < 0)
              .map((e) => e.outerHTML.slice(0, 99))"""
        )
        assert loose == []
        assert page.locator("pre[tabindex='0']").count() > 5
