"""Everything is reached by keyboard, and the focus is seen."""

import pytest

from tests.browser.pages import DESK, PHONE, WIDE, lay_out, settled, until


@pytest.mark.parametrize("size", [WIDE, DESK, PHONE], ids=["wide", "desk", "phone"])
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
    assert wanted | ({"Momentum"} if size is WIDE else {"Contents of the book"}) <= set(reached)
    if size is not WIDE:
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


def test_no_single_sign_does_anything(reader):
    """WCAG 2.1.4: who speaks to the computer types signs with each word."""
    with reader.page("en", "setup") as page:
        for sign in "/sf?ck.":
            page.keyboard.press(sign)
        settled(page)
        assert page.get_by_role("dialog").count() == 0
        page.keyboard.press("Control+K")
        page.get_by_role("dialog").wait_for()


def test_what_may_scroll_takes_the_focus_before_it_is_laid_out(reader):
    """Programs, tables, and formulas far below what is in view; on a desk, what is laid out and does not scroll is passed."""
    far = """[...document.querySelectorAll('article :is(.highlight > pre, table, .printed)')].filter(
      (e) => !e.checkVisibility({contentVisibilityAuto: true}) && !e.closest('details:not([open])'))"""
    with reader.page("en", width=390) as page:
        assert page.evaluate(f"{far}.length") > 10
        assert page.evaluate(f"{far}.filter((e) => e.tabIndex < 0).length") == 0
    with reader.page("en") as page:
        lay_out(page)
        assert page.locator("article > section > :is(.program, .highlight) pre[tabindex='0']").count() == 0


def test_blocks_of_code_have_names(reader):
    with reader.page("zh") as page:
        assert page.get_by_role("group", name="程序：在梯度下降走之字形的山谷里用重球法", exact=True).count() == 1
        assert page.evaluate("[...document.querySelectorAll('article pre')].filter((e) => !e.ariaLabel).length") == 0


def test_a_name_at_the_beginning_of_a_row_is_its_heading(reader):
    with reader.page("en", "choosing") as page:
        assert page.get_by_role("rowheader", name="momentum", exact=True).count() > 1
    with reader.page("en", "momentum") as page:  # the same α in several rows names none of them
        first = page.locator("tbody tr").first
        assert first.get_by_role("rowheader").count() == 0 and first.get_by_role("cell").count() > 3


def test_a_figure_is_read_as_its_words(reader):
    """The digits at its axes, which a browser's tree would list after its words, are not in the tree."""
    with reader.page("en") as page:
        page.evaluate("document.querySelector('article').classList.add('whole')")
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        nodes = {node["nodeId"]: node for node in tree if not node["ignored"]}
        images = {identity for identity, node in nodes.items() if node["role"]["value"] == "image"}
        assert len(images) > page.locator("figure svg[role=img]").count() > 5
        assert not [name for node in nodes.values() if node.get("parentId") in images and (name := node["name"]["value"])]


def test_forced_colours_keep_the_place(browser, served):
    page = browser.new_page(viewport=WIDE, forced_colors="active")
    page.goto(served.address + "en/momentum/#exercise-terminal-velocity")
    until(page, "document.querySelector('.toc [aria-current]') !== null")
    for links, place in ((".nav a:not(.toc-list a)", "momentum/"), (".toc a:not(details a)", "#exercises")):
        edges = dict(page.locator(links).evaluate_all("(all) => all.map((a) => [a.href, getComputedStyle(a).borderLeftColor])"))
        (here,) = [colour for address, colour in edges.items() if address.split("#exercise-")[0].endswith(place)]
        assert list(edges.values()).count(here) == 1 and len(edges) > 5
    page.close()


def test_what_scrolls_takes_the_focus(reader):
    with reader.page("zh", width=390) as page:
        lay_out(page)
        loose = page.evaluate(
            """() => [...document.querySelectorAll('article *')].filter((e) => e.checkVisibility()
              && e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
              && e.tabIndex < 0)
              .map((e) => e.outerHTML.slice(0, 99))"""
        )
        assert loose == []
        assert page.locator("pre[tabindex='0']").count() > 5
