"""What a reader has set in a figure to touch: its address restores it, the other language and another theme keep it."""

import pytest

from tests.book import BOOK
from tests.browser.pages import CHAPTERS, each, settled, until

TOUCHED = [stem for stem in CHAPTERS if "/// explorable" in BOOK.pages["en"][f"{stem}.md"].text]
# Gives every range a number with all of its digits, as a button that computes one does; a logarithmic one is moved by hand too.
# Where there is no range, the last list has its last choice.
SET = """(element) => {
  const ranges = [...element.controls].filter(([, {range, list}]) => range && !list);
  const lists = [...element.querySelectorAll('select')];
  const lasts = lists.slice(-1).map(({name, options}) => [name, [...options].pop().value]);
  if (!ranges.length) return element.set(Object.fromEntries(lasts));
  element.set(Object.fromEntries(ranges.map(([name, {min, max}], i) => [name, min + (max - min) / (Math.PI + i)])));
  const [hand] = ranges.map(([, {input, log}]) => log && input).filter(Boolean);
  if (!hand) return;
  hand.value = (Number(hand.min) + Number(hand.max)) / Math.E;
  hand.dispatchEvent(new Event('input', {bubbles: true}));
}"""
# Moves each range through its numbers; returns those at which a part of the element is higher or lower than at first.
MOVED = """async (element) => {
  const heights = () => [...element.children].map((child) => child.offsetHeight).join();
  const [first, found] = [heights(), []];
  for (const [name, {input, range}] of element.controls) {
    if (!range) continue;
    const was = input.value;
    for (const part of [0, 0.1, 0.37, 0.5, 0.93, 1, NaN]) {
      input.value = Number.isNaN(part) ? was : Number(input.min) + part * (input.max - input.min);
      input.dispatchEvent(new Event('input', {bubbles: true}));
      await new Promise(requestAnimationFrame); // it has been drawn: what an event asks for comes before
      if (heights() !== first) found.push(`${name} = ${element.values[name]}: ${heights()}, not ${first}`);
    }
  }
  return found;
}"""
# Focuses each range that can be; returns those that are no target of 44 pixels, and those whose ring lies not about the
# track, or crosses words beside it. The ring has the place of the range in the grid, and its height.
RINGS = """() => {
  const found = [];
  for (const input of document.querySelectorAll('.explorable input[type=range]:enabled')) {
    input.focus({focusVisible: true});
    const box = input.getBoundingClientRect();
    const [own, style] = [getComputedStyle(input), getComputedStyle(input.parentNode, '::after')];
    const same = ['gridRowStart', 'gridColumnStart', 'gridColumnEnd', 'height', 'marginTop', 'marginBottom'];
    const [width, offset, beyond] = [style.outlineWidth, style.outlineOffset, style.marginLeft].map(parseFloat);
    const ring = {top: box.top - offset - width, bottom: box.bottom + offset + width};
    Object.assign(ring, {left: box.left + beyond - offset, right: box.right - beyond + offset});
    if (same.some((name) => own[name] !== style[name]) || ring.left !== box.left) found.push([input.name, 'stands elsewhere']);
    const words = document.createTreeWalker(input.closest('label'), NodeFilter.SHOW_TEXT);
    const crossed = [];
    while (words.nextNode()) {
      const range = new Range();
      range.selectNodeContents(words.currentNode);
      if (!words.currentNode.data.trim()) continue;
      for (const {top, bottom, left, right, height} of range.getClientRects()) {
        const edge = height / 5; // of a line of text, above and below its letters
        const beside = left >= ring.right || right <= ring.left;
        const apart = top + edge >= ring.bottom || bottom - edge <= ring.top;
        if (!beside && !apart) crossed.push(words.currentNode.data);
      }
    }
    const seen = own.outlineStyle === 'none' && style.outlineStyle === 'solid' && width >= 2;
    if (!seen || box.height < 44 || ring.bottom - ring.top > 24 || crossed.length)
      found.push([input.name, style.outlineStyle, width, box.height, ring.bottom - ring.top, ...crossed]);
    if (ring.left < 0 || ring.right > document.documentElement.clientWidth) found.push([input.name, ring.left, ring.right]);
  }
  return found;
}"""
HEIGHT = "(element) => element.offsetHeight"
VALUES = "(element) => ({...element.values})"


def touched(page, tag: str):
    """Bring a figure to touch near; return it once it can be touched."""
    element = page.locator(tag)
    element.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    until(page, "(tag) => Boolean(document.querySelector(tag).values)", tag)
    return element


@pytest.mark.parametrize("stem", TOUCHED)
def test_the_other_language_has_what_was_set_and_the_theme(open_page, served, stem):
    page = open_page(f"{served.address}en/{stem.removesuffix('index')}", scheme="light")
    page.evaluate("palette.choice = 'dark'")
    for tag in page.locator("[data-module]").evaluate_all("(elements) => elements.map((element) => element.localName)"):
        element = touched(page, tag)
        element.evaluate(SET)
        before = element.evaluate(VALUES)
        assert before != element.evaluate("(element) => element.first")
        until(page, "(id) => location.hash.startsWith(`#${id}:`)", element.evaluate("(e) => (e.figure ?? e).id"))
        address, top = page.url, element.evaluate("(element) => element.getBoundingClientRect().top")
        page.locator("[data-twin]").click()
        other = address.replace("/en/", "/zh/") if "/en/" in address else address.replace("/zh/", "/en/")
        page.wait_for_url(other)
        assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "slate"
        until(page, "(tag) => Boolean(document.querySelector(tag)?.values)", tag)
        assert page.locator(tag).evaluate(VALUES) == before, "an address restores every digit"
        assert abs(page.locator(tag).evaluate("(element) => element.getBoundingClientRect().top") - top) < 400
    assert [answer for answer in page.loaded if answer[1] >= 400] == []


@pytest.mark.parametrize(
    ("stem", "tag", "given", "taken"),
    [
        ("choosing", "x-race", "fig-race:steps=63.7&x1=-9&x2=oops", {"steps": 64, "x1": -2.1, "x2": -0.9}),
        ("choosing", "x-luck", "fig-luck:rounds=1e12&runs=2.4", {"runs": 2}),
        ("stochastic-gradient-descent", "x-digits", "fig-loss-curve:batch=65", {"batch": 64}),
        ("stochastic-gradient-descent", "x-noise-ball", "fig-noise-ball:seed=oops&batch=1e9", {"batch": 100}),
    ],
)
def test_an_address_that_asks_for_what_cannot_be_is_taken_as_near_as_it_can(open_page, served, stem, tag, given, taken):
    """A count that is not whole, or an endless one, would never end."""
    page = open_page(f"{served.address}en/{stem}/#{given}")
    assert taken.items() <= touched(page, tag).evaluate(VALUES).items()
    assert page.trouble == []


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_another_theme_changes_nothing_that_was_set(open_page, served, choice):
    page = open_page(f"{served.address}en/#valley:lr=0.11&beta=0.123456789")
    element = touched(page, "x-valley")
    before = element.evaluate(VALUES)
    page.evaluate("(choice) => (palette.choice = choice)", choice)
    settled(page)
    assert before["beta"] == 0.123456789 and element.evaluate(VALUES) == before


def test_a_figure_at_the_top_of_a_page_does_not_scroll_it_away(open_page, served):
    page = open_page(f"{served.address}en/#valley:lr=0.11")
    page.evaluate("scrollTo(0, 0)")
    settled(page)
    page.locator("[data-twin]").click()
    page.wait_for_url("**/zh/#valley:lr=0.11")
    settled(page)
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("stem", TOUCHED)
@pytest.mark.parametrize(("language", "width"), [("en", 390), ("zh", 360)])
def test_no_number_moves_what_stands_below_it(open_page, served, language, width, stem):
    page = open_page(f"{served.address}{language}/{stem.removesuffix('index')}", {"width": width, "height": 844})
    for tag in page.locator("[data-module]").evaluate_all("(elements) => elements.map((element) => element.localName)"):
        before = page.locator(tag).evaluate(HEIGHT)
        element = touched(page, tag)
        settled(page)
        assert (element.evaluate(HEIGHT), element.evaluate(MOVED)) == (before, []), tag


# The colours of the swatches beside names, and whether each button and each choice has an edge.
SEEN = """() => [
  [...document.querySelectorAll('.swatch')].map((swatch) => getComputedStyle(swatch).borderTopColor),
  [...document.querySelectorAll('.explorable :is(button, select)')]
    .every((one) => getComputedStyle(one).borderTopStyle === 'solid'),
]"""


@each([("zh", stem) for stem in TOUCHED], 360, 1280)
def test_the_ring_of_a_range_lies_about_its_track_and_crosses_no_word_with_forced_colours_too(unfolded):
    before = unfolded.evaluate(SEEN)
    for forced in ("none", "active"):
        unfolded.emulate_media(forced_colors=forced)
        settled(unfolded)
        assert unfolded.evaluate(RINGS) == [], forced
    assert unfolded.evaluate(SEEN) == before and before[1], "swatches tell lines apart, and buttons have edges"
    assert len(set(before[0])) == len(before[0])
    unfolded.emulate_media(forced_colors="none")
