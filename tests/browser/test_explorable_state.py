"""What a reader has set in a figure to touch: its address restores it, the other language and another theme keep it."""

import pytest

from tests.book import BOOK, path_of
from tests.browser.pages import CHAPTERS, DRAWN, each, settled, until

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
MOVED = """(element) => {
  const heights = () => [...element.children].map((child) => child.offsetHeight).join();
  const [first, found] = [heights(), []];
  for (const [name, {input, range}] of element.controls) {
    if (!range) continue;
    const was = input.value;
    for (const part of [0, 0.1, 0.37, 0.5, 0.93, 1, NaN]) {
      input.value = Number.isNaN(part) ? was : Number(input.min) + part * (input.max - input.min);
      input.dispatchEvent(new Event('input', {bubbles: true}));
      element.paint(); // as the next frame does
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
# Of each figure to touch: its height, that of the figure, where its caption begins, and how wide 345.6 units are drawn.
PLACES = """() => Object.fromEntries([...document.querySelectorAll('[data-module]')].map((element) => {
  const figure = element.closest('figure') ?? element;
  const [svg, caption] = ['.drawing > svg', 'figcaption'].map((part) => figure.querySelector(part));
  const [{top, height}, {width}] = [figure, svg].map((part) => part.getBoundingClientRect());
  const below = caption ? caption.getBoundingClientRect().top - top : 0;
  return [element.localName, [element.offsetHeight, height, below, (345.6 * width) / svg.viewBox.baseVal.width]];
}))"""
# The files of the figures that are far below the window.
FAR = """() => [...document.querySelectorAll('[data-module]')]
  .filter((element) => (element.closest('figure') ?? element).getBoundingClientRect().top > innerHeight + 500)
  .map((element) => element.dataset.module)"""
# What of the figures to touch, and of the links to their settings, is not as it is to be where no script runs.
BARE = """() => {
  const seen = (part) => part.checkVisibility() && part.getBoundingClientRect().height > 0;
  const found = [];
  for (const element of document.querySelectorAll('[data-module]')) {
    const [figure, name] = [element.closest('figure'), element.localName];
    const drawings = figure ? [...figure.querySelectorAll('.drawing > svg[role=img]')] : [];
    if (figure && (drawings.length !== 1 || !seen(drawings[0]) || seen(element))) found.push(name);
    if ([...element.querySelectorAll('input, select, button, output')].some(seen)) found.push(`controls of ${name}`);
  }
  for (const link of document.querySelectorAll('a[data-set]')) {
    const [page, id] = link.getAttribute('href').split('#');
    const there = page ? !id.includes(':') : document.getElementById(id)?.matches('[data-module], :has([data-module])');
    if (!there) found.push(link.outerHTML);
  }
  return found;
}"""
VALUES = "(element) => ({...element.values})"


def touched(page, tag: str):
    """Bring a figure to touch near; return it once it can be touched."""
    element = page.locator(tag)
    element.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    until(page, "(tag) => Boolean(document.querySelector(tag).values)", tag)
    return element


@pytest.mark.parametrize("stem", TOUCHED)
def test_the_other_language_has_what_was_set_and_the_theme(open_page, served, stem):
    page = open_page(served.address + path_of("en", f"{stem}.md"), scheme="light")
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
        page.wait_for_url(other, wait_until="commit")
        until(page, "(tag) => Boolean(document.querySelector(tag)?.values)", tag)
        assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "slate"
        assert page.locator(tag).evaluate(VALUES) == before, "an address restores every digit"
        assert abs(page.locator(tag).evaluate("(element) => element.getBoundingClientRect().top") - top) < 400
    assert [answer for answer in page.loaded if answer[1] >= 400] == []


@pytest.mark.parametrize(
    ("stem", "tag", "given", "taken"),
    [
        ("choosing", "x-race", "fig-race:steps=63.7&x1=-9&x2=oops", {"steps": 64, "x1": -2.1, "x2": -0.9}),
        ("choosing", "x-luck", "fig-luck:rounds=1e12&runs=2.4", {"runs": 2}),
        (
            "gradient-descent",
            "x-valley",
            "fig-zigzag:lr=0.12&beta=0.5&x1=1.5&kappa=40&nonsense=3&x2=oops",
            {"lr": 0.12, "beta": 0.5, "kappa": 40, "x1": 1.5, "x2": 1.5},
        ),
        ("stochastic-gradient-descent", "x-digits", "fig-loss-curve:batch=65", {"batch": 64}),
        ("stochastic-gradient-descent", "x-noise-ball", "fig-noise-ball:seed=oops&batch=1e9", {"batch": 100}),
    ],
)
def test_an_address_that_asks_for_what_cannot_be_is_taken_as_near_as_it_can(open_page, served, stem, tag, given, taken):
    """A count that is not whole, or an endless one, would never end."""
    page = open_page(f"{served.address}en/{stem}/#{given}")
    until(page, "(tag) => Boolean(document.querySelector(tag).values)", tag)
    assert taken.items() <= page.locator(tag).evaluate(VALUES).items()
    assert page.locator(tag).evaluate("(element) => (element.figure ?? element).getBoundingClientRect().top") < 300
    assert page.trouble == []


def test_another_theme_changes_nothing_that_was_set(open_page, served):
    page = open_page(f"{served.address}en/#valley:lr=0.11&beta=0.123456789")
    element = touched(page, "x-valley")
    before = element.evaluate(VALUES)
    for choice in ("dark", "light"):
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


def places(page, width: int) -> dict:
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate(DRAWN)
    return page.evaluate(PLACES)


@pytest.mark.parametrize("stem", TOUCHED)
@pytest.mark.parametrize(("language", "first", "narrow"), [("en", 390, 390), ("zh", 1280, 360)])
def test_nothing_is_loaded_before_it_is_near_and_then_nothing_moves(open_page, served, language, first, narrow, stem):
    page = open_page(served.address + path_of(language, f"{stem}.md"), {"width": first, "height": 844})
    settled(page)
    far = page.evaluate(FAR)
    assert not [url for url, _ in page.loaded if url.endswith(tuple(far))]
    before = {width: places(page, width) for width in sorted((1280, narrow), key=first.__eq__)}
    tags = sorted(before[first])
    if language == "en":
        tags.append(tags.pop(0))  # in each language another one is the first
    touched(page, tags[0])
    settled(page)
    assert page.evaluate("shifted") < 0.005  # the others come in the frame of the scroll to them: all that it shows has moved
    for tag in tags[1:]:
        touched(page, tag)
    settled(page)
    assert page.evaluate("violations") == page.trouble == [answer for answer in page.loaded if answer[1] != 200] == []
    for width in (1280, narrow):
        after = places(page, width)
        for tag, at in before[width].items():
            assert after[tag] == pytest.approx(at, abs=1), (tag, width)
    for tag in tags:
        assert page.locator(tag).evaluate(MOVED) == [], tag


@pytest.mark.parametrize("stem", TOUCHED)
def test_without_a_script_the_figures_stay(reader, stem):
    with reader.page("en", stem, java_script_enabled=False) as page:
        assert page.evaluate(BARE) == []


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
        unfolded.evaluate(DRAWN)
        assert unfolded.evaluate(RINGS) == [], forced
    assert unfolded.evaluate(SEEN) == before and before[1], "swatches tell lines apart, and buttons have edges"
    assert len(set(before[0])) == len(before[0])
    unfolded.emulate_media(forced_colors="none")
