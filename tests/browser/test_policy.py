"""A page is light, keeps to the security policy, and loads nothing before it is needed."""

from PIL import Image

from tests.browser.pages import TWINS, seeing, settled, shoot, until


def is_dark(page, name: str) -> bool:
    """Return whether what is in sight of a page is dark, having kept a picture of it."""
    image = Image.open(shoot(page, name)).convert("L")
    return sum(image.resize((40, 40)).get_flattened_data()) / 1600 < 128


@seeing("arrived", TWINS)
def test_a_page_is_light_and_keeps_to_the_policy(arrived, served):
    """English ones on a desk, Chinese ones on a phone: twins have the same blocks and load the same, in either size."""
    page, weights, name = arrived, arrived.weights, "{}-{}-{}".format(*arrived.look)
    settled(page)  # what comes later counts below
    assert not is_dark(page, f"{name}-light")
    assert sum(weights) <= 150_000
    page.emulate_media(color_scheme="dark")
    until(page, "document.documentElement.dataset.mdColorScheme == 'slate'")
    assert is_dark(page, f"{name}-dark")
    assert page.evaluate("shifted") <= 0.01
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("violations") == []
    assert page.trouble == []
    assert page.evaluate("shifted") <= 0.01, "a jump lays out all, and a font may come after it"
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
