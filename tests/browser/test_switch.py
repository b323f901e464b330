"""From a page to its twin: the reader stays at the same place."""

from urllib.parse import urlsplit

import pytest

from tests.browser.pages import DESK, PHONE, settled


def place(page, blocks="article > section > *"):
    """Return which block is at the top of the window, and what part of it is above; the room below it is all of it."""
    return page.evaluate(
        """(selector) => { const top = document.querySelector('.md-header').offsetHeight + 2;
        const blocks = [...document.querySelectorAll(selector)];
        const index = blocks.findLastIndex((b) => b.getBoundingClientRect().top <= top);
        const box = blocks[index].getBoundingClientRect();
        return [index, Math.min(1, (top - box.top) / box.height)]; }""",
        blocks,
    )


@pytest.mark.parametrize(("start", "size"), [("en", DESK), ("zh", PHONE)], ids=["en-desk", "zh-phone"])
def test_the_switch_keeps_heading_and_place(open_page, served, start, size):
    page = open_page(served.address + f"{start}/momentum/", size)
    for part in (0.2, 0.5, 0.8):  # lower, the end of the shorter twin is reached
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {part})")
        page.evaluate("[...document.querySelectorAll('article details')].slice(0, 2).forEach((d) => (d.open = true))")
        settled(page)
        before = place(page)
        page.locator("[data-twin]").click()
        page.wait_for_load_state("load")
        settled(page)
        after = place(page)
        assert sum(after) == pytest.approx(sum(before), abs=0.05)  # in blocks: the end of one is the beginning of the next
        assert page.evaluate("document.querySelectorAll('article details[open]').length") == 2
        assert len(urlsplit(page.url).fragment) > 3
    assert f"/{'zh' if start == 'en' else 'en'}/momentum/" in page.url
    assert page.trouble == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_switch_keeps_the_source_that_is_read(open_page, served, size):
    page = open_page(served.address + "en/references/", size)
    page.evaluate("document.getElementById('ref-lessard2016').scrollIntoView()")
    page.mouse.wheel(0, 60)
    settled(page)
    before = place(page, ".references li")
    assert before[0] >= 14, "it is one that was not laid out at first"
    page.locator("[data-twin]").click()
    page.wait_for_url("**/zh/references/**")
    settled(page)
    assert sum(place(page, ".references li")) == pytest.approx(sum(before), abs=0.1)
