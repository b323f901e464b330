"""The idea of a program is in sight, and the rest unfolds: by key, by press, when it is found, for a link, on paper, always."""

from io import BytesIO

import pytest
from matplotlib.image import imread

from tests.book import BOOK
from tests.browser.pages import IN_CHAPTERS, clipboard, each, lay_out, settled, until

SOURCE = BOOK.source("momentum/valley", "en")
CODE, FOLD = "#code-valley pre", "#code-valley .whole"
# the lines of a program that are on the screen, as far as layout knows
SEEN = """(selector) => {
  const code = document.querySelector(selector), found = [], walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const rest = walker.currentNode.parentElement.closest('.rest');
    const seen = !rest || (rest.checkVisibility() && getComputedStyle(rest).contentVisibility !== 'hidden');
    if (seen) found.push(walker.currentNode.data);
  }
  return found.join('');
}"""
IDEA = """def momentum(lr, beta, steps=20):
    \"\"\"Return the path from start, as an array of shape (steps + 1, 2).
    path, v = [start], 0.0
    for _ in range(steps):
        v = beta * v - lr * curvature * path[-1]
        path.append(path[-1] + v)
    return np.array(path)
"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_idea_is_in_sight_and_the_rest_unfolds(reader, width, script):
    with reader.page("en", width=width, anchor="#the-update", java_script_enabled=script) as page:
        summary = page.locator(f"{FOLD} > summary")
        summary.scroll_into_view_if_needed()
        assert page.evaluate(SEEN, CODE) == IDEA
        folded = page.locator(CODE).bounding_box()["height"]
        summary.press("Enter")
        assert page.locator(CODE).bounding_box()["height"] > 3 * folded
        assert page.evaluate(SEEN, CODE) == SOURCE
        summary.click()
        until(page, f"(height) => document.querySelector('{CODE}').getBoundingClientRect().height === height", folded)
        assert page.evaluate(SEEN, CODE) == IDEA


def test_the_fold_says_its_state(reader):
    with reader.page("zh") as page:
        lay_out(page)
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        states = [
            [part["value"]["value"] for part in node.get("properties", []) if part["name"] == "expanded"]
            for node in tree
            if node.get("name", {}).get("value") == "完整程序，45 行"
        ]
        assert [False] in states and [True] not in states


def test_a_found_line_unfolds_its_program_and_the_fold_closes_again(reader):
    with reader.page("en") as page:
        lay_out(page)
        rest = page.locator("#code-valley .rest").last
        # what a browser does with a line that it finds: the event, then the attribute goes
        rest.evaluate("(e) => { e.dispatchEvent(new Event('beforematch', {bubbles: true})); e.removeAttribute('hidden'); }")
        assert page.locator(FOLD).evaluate("(e) => e.open")
        page.locator(f"{FOLD} > summary").click()
        until(
            page,
            "[...document.querySelectorAll('#code-valley .rest')].every((e) => e.getAttribute('hidden') === 'until-found')",
        )
        assert page.evaluate(SEEN, CODE) == IDEA


def test_the_browser_finds_a_folded_line(reader):
    """A text in an address is found in the same way as one that is searched for."""
    with reader.page("en", anchor="#:~:text=arrowprops") as page:
        until(page, "document.querySelector('#code-valley .whole').open")


def test_a_link_to_a_program_unfolds_it(reader):
    with reader.page("en", anchor="#code-valley") as page:
        assert page.evaluate(SEEN, CODE) == SOURCE
        page.locator("a.value[href='#code-steps-saved']").first.click()
        until(page, "document.querySelector('#code-steps-saved .whole').open")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_on_paper_a_program_is_whole(reader, script):
    with reader.page("en", java_script_enabled=script) as page:
        page.emulate_media(media="print")
        assert page.evaluate(SEEN, CODE) == SOURCE
        assert not page.locator(f"{FOLD} > summary").is_visible()


def test_what_is_selected_is_copied_as_it_is_seen(reader):
    with reader.page("en") as page:
        lay_out(page)
        select = "getSelection().selectAllChildren(document.querySelector('#code-valley code'))"
        page.evaluate(select)
        page.keyboard.press("Control+c")
        assert clipboard(page).rstrip() == IDEA.rstrip()
        page.evaluate("document.querySelector('#code-valley .whole').open = true")
        page.evaluate(select)
        page.keyboard.press("Control+c")
        assert clipboard(page).rstrip() == SOURCE.rstrip()


def test_a_browser_that_knows_only_a_part_shows_all(reader):
    """What does not know until-found hides nothing: `hidden` is overruled on the lines, and not on the fold."""
    with reader.page("en") as page:
        lay_out(page)
        page.evaluate("for (const e of document.querySelectorAll('#code-valley [hidden]')) e.setAttribute('hidden', '')")
        assert page.evaluate(SEEN, CODE) == SOURCE
        assert not page.locator(f"{FOLD} > summary").is_visible()


EDGES = """() => [...document.querySelectorAll('article :is(.highlight > pre, .equation, .printed, table)')]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
  .filter((e) => !getComputedStyle(e).backgroundImage.startsWith('linear-gradient')
    || getComputedStyle(e).backgroundAttachment !== 'local, local, scroll, scroll')
  .map((e) => e.outerHTML.slice(0, 99))"""


@each(IN_CHAPTERS, 360)
def test_an_edge_says_that_there_is_more(unfolded):
    assert unfolded.evaluate(EDGES) == []
    assert unfolded.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_edge_is_seen_and_goes_where_there_is_no_more(reader):
    with reader.page("en", width=360, scheme="light") as page:
        lay_out(page)
        page.evaluate("document.querySelector('#code-valley .whole').open = true")
        code = page.locator(CODE)
        code.scroll_into_view_if_needed()

        def right_edge() -> float:
            return float(imread(BytesIO(code.screenshot()))[4, -2, :3].mean())

        more = right_edge()
        code.evaluate("(e) => (e.scrollLeft = 9999)")
        settled(page)
        assert more < 0.85 < right_edge()


def test_a_long_program_that_folds_again_stays_in_view(reader):
    with reader.page("en", anchor="#code-valley") as page:
        top = "document.querySelector('#code-valley').getBoundingClientRect().top"
        page.evaluate("document.querySelector('#code-valley .whole').scrollIntoView({block: 'start'})")
        assert page.evaluate(top) < -300
        page.locator(f"{FOLD} > summary").click()
        until(page, f"{top} >= 0")
        place = page.evaluate("scrollY")
        page.pdf()
        settled(page)
        assert page.evaluate("scrollY") == place, "paper moves nothing"
