"""What moves while one reads: the progress bar, the mark of the heading in view; nothing for who asks."""

import pytest

from tests.browser.pages import until


def test_nothing_moves_for_who_asks(reader):
    def moving(**options) -> bool:
        with reader.page("en", **options) as page:
            return page.evaluate("getComputedStyle(document.querySelector('.copy')).transitionDuration") != "0s"

    assert moving()
    assert not moving(reduced_motion="reduce")


def test_progress_shows_how_far_one_has_read(reader):
    with reader.page("en") as page:
        scale = "parseFloat(getComputedStyle(document.querySelector('.md-main'), '::before').scale)"
        assert page.evaluate(scale) < 0.01
        assert page.evaluate("document.getAnimations().length") == 0, "who does not scroll pays for no animation"
        page.evaluate("document.querySelector('article').classList.add('whole')")  # the middle stays where it is
        page.evaluate("scrollTo({top: (document.documentElement.scrollHeight - innerHeight) / 2, behavior: 'instant'})")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(scale) == pytest.approx(0.5, abs=0.02)


def test_the_heading_in_view_is_marked_and_the_list_does_not_move(open_page, served):
    page = open_page(served.address + "en/momentum/")
    height = page.evaluate("document.querySelector('.toc ul').scrollHeight")
    for heading in ("the-update", "conventions", "common-mistakes"):
        page.evaluate("(heading) => document.getElementById(heading).scrollIntoView()", heading)
        until(page, "(heading) => document.querySelector('.toc [aria-current]')?.hash == '#' + heading", heading)
        assert page.locator(".toc [aria-current]").count() == 1
        assert page.evaluate("document.querySelector('.toc ul').scrollHeight") == height
