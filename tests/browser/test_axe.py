"""axe finds nothing to complain of: in the articles, and in the frame around them."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

from downhill import LANGUAGES
from tests.browser.pages import DESK, PHONE, STEMS, search, shot

NOT_OURS = [".md-header", ".md-search", ".md-toggle"]  # the frame; its own tests look at it


# A page as axe sees it fast: solutions open, and of each kind of word in programs one; colours depend on the kind alone.
PREPARED = """() => {
  document.querySelector('article').classList.add('whole');
  for (const details of document.querySelectorAll('details')) details.open = true;
  const seen = new Set();
  for (const word of document.querySelectorAll('pre code span')) {
    if (seen.has(word.className)) word.replaceWith(...word.childNodes);
    seen.add(word.className);
  }
}"""


# each page meets each theme and each width; the twin has the same structure in the other pairs
STATES = [("en", "light", 1280), ("en", "dark", 390), ("zh", "dark", 1280), ("zh", "light", 390)]


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize(("language", "scheme", "width"), STATES)
def test_axe_finds_nothing(reader, language, scheme, width, stem):
    with reader.page(language, stem, scheme, width) as page:
        page.evaluate(PREPARED)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            """async (exclude) => {
              const options = {resultTypes: ['violations'], rules: {'color-contrast-enhanced': {enabled: true},
                'color-contrast': {enabled: false}, 'target-size': {enabled: true}}};
              const {violations} = await axe.run({include: ['body'], exclude}, options);
              return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)}: ${n.failureSummary}`));
            }""",
            NOT_OURS,
        )
        assert found == []


def test_axe_would_find_something(reader):
    with reader.page("en", "index") as page:
        page.evaluate("document.querySelectorAll('article p').forEach((block) => (block.style.color = '#777'))")
        page.evaluate(AXE_SCRIPT)
        rules = "{rules: {'color-contrast-enhanced': {enabled: true}}}"
        assert page.evaluate(f"axe.run(document, {rules}).then((r) => r.violations.some((v) => v.id.startsWith('color')))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_frame(open_page, served, language, size, scheme):
    page = open_page(served.address + f"{language}/notation/", size, scheme)
    frame = {"exclude": [["article"]]}
    states = {"shut": lambda: None, "search": lambda: search(page, "学习率" if language == "zh" else "rate")}
    if size is PHONE:
        states["nav"] = lambda: (page.keyboard.press("Escape"), page.locator(".for-nav").click())
    for state, reach in states.items():
        reach()
        page.wait_for_timeout(100)
        page.screenshot(path=shot(f"frame-{language}-{size['width']}-{scheme}-{state}"))
        found = Axe().run(page, context=frame).response["violations"]
        assert not [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found], state
