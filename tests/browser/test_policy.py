"""A page is light, keeps to the security policy, and loads nothing before it is needed."""

import pytest

from tests.book import PAGES, path_of
from tests.browser.pages import DESK, PHONE, settled, shot, until


@pytest.mark.parametrize(("language", "name"), PAGES, ids=map("/".join, PAGES))
def test_a_page_is_light_and_keeps_to_the_policy(open_page, served, language, name):
    """English ones on a desk, Chinese ones on a phone: twins have the same blocks and load the same, in either size."""
    size = DESK if language == "en" else PHONE
    page = open_page("about:blank", size)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})  # as for who comes for the first time
    weights = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(served.address + path_of(language, name))
    settled(page)  # what comes later counts below
    page.screenshot(path=shot(f"{language}-{name.removesuffix('.md')}-{size['width']}-light"))
    assert sum(weights) <= 150_000
    page.emulate_media(color_scheme="dark")
    until(page, "document.documentElement.dataset.mdColorScheme == 'slate'")
    page.screenshot(path=shot(f"{language}-{name.removesuffix('.md')}-{size['width']}-dark"))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("violations") == []
    assert page.trouble == []
    assert page.evaluate("shifted") <= 0.01
    assert sum(weights) <= 250_000
    assert len(page.loaded) <= 16
    assert all(status == 200 and url.startswith(served.address) for url, status in page.loaded)
    assert not [url for url, _ in page.loaded if "search" in url], "search is loaded before it is asked for"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_policy_is_the_one_of_the_headers(open_page, served):
    """What the policy forbids is seen by the test above: an inline script is."""
    page = open_page(served.address + "en/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    until(page, "violations.length")
    settled(page)
    assert any("script-src" in violation for violation in page.evaluate("violations"))
    assert page.trouble
