"""axe finds nothing to complain of: in the articles, and in the frame around them."""

import collections

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.book import BOOK
from tests.browser.pages import DESK, PHONE, SCHEMES, STEMS, TWINS, search, seeing, settled, shot, unfold, until

NOT_OURS = [".md-header", ".md-search", ".md-toggle"]  # the frame; its own tests look at it


# Makes a page one that axe sees fast: of each kind of word in programs one is left.
FEWER = """() => {
  const seen = new Set();
  for (const word of document.querySelectorAll('pre code span')) {
    if (seen.has(word.className)) word.replaceWith(...word.childNodes);
    seen.add(word.className);
  }
  // the shade at an edge is a picture, of which axe does not judge; the ground under it is the same
  const scrollers = document.querySelectorAll('.highlight > pre, .equation, .printed, article table');
  for (const scroller of scrollers) scroller.style.backgroundImage = 'none';
}"""
# Leaves nothing inside of what is an image, of which axe does not judge.
EMPTY = "for (const image of document.querySelectorAll('svg[role=img]')) image.replaceChildren()"
# Marks one text of each look. Contrast depends on nothing but these: its colour, whether it is large (from 24 pixels on, or
# bold from 18.7), and the grounds behind it. So it does one link of each look, on which depends what tells it from the words
# around it: the styles of both. What has been judged on other pages is not marked again. Returns how many looks of texts are on
# the page, and the looks of what is new.
LOOKS = """(judged) => {
  const seen = new Set(judged), fresh = new Set(), there = new Set(), known = new Map();
  const visible = (e) => e.checkVisibility({opacityProperty: true});
  const meet = (e, look) => {
    there.add(look);
    if (!seen.has(look)) fresh.add(look), e.setAttribute('data-look', '');
    seen.add(look);
  };
  const grounds = (e) => {
    if (!e) return '';
    if (!known.has(e)) {
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(e), above = grounds(e.parentElement);
      const none = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' && opacity === '1';
      known.set(e, none ? above : [backgroundColor, backgroundImage, opacity, above].join());
    }
    return known.get(e);
  };
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !visible(e)) continue;
    const own = getComputedStyle(e), size = parseFloat(own.fontSize);
    meet(e, [own.color, size >= 24 ? 2 : Number(size > 18.5), own.fontWeight, grounds(e)].join());
  }
  const style = (e) => {
    const s = getComputedStyle(e);
    const line = [s.textDecorationLine, s.textDecorationStyle, s.borderBottom, s.outline, s.boxShadow];
    return [s.color, s.font, ...line, grounds(e)].join();
  };
  for (const e of document.querySelectorAll('a[href]')) {
    if (!e.textContent.trim() || !visible(e)) continue;
    let block = e.parentElement;
    while (!/^(block|list-item|table|flex|grid)/.test(getComputedStyle(block).display)) block = block.parentElement;
    const length = (e) => e.textContent.replace(/\\s+/g, ' ').trim().length;
    const links = [...block.querySelectorAll('a[href]')].reduce((sum, link) => sum + length(link), 0);
    if (length(block) <= 2 * links) continue; // axe does not ask it of links among which are few words
    meet(e, ['link', style(e), style(block)].join());
  }
  return [[...there].filter((look) => !look.startsWith('link,')).length, [...fresh]];
}"""
# Nothing inside of a formula has a role, and none of its parts is looked at unless it is marked: its room is left, and a sign;
# of formulas within a line, after three, the sign alone.
ROOM = """() => {
  const known = 'a math, button math, summary math, h1 math, h2 math, h3 math, math:has([data-look])';
  const formulas = [...document.querySelectorAll('math')].filter((math) => !math.matches(known));
  const rooms = formulas.map((math) => math.getBoundingClientRect().width);
  let inline = 0;
  for (const [i, math] of formulas.entries()) {
    const line = math.closest('.formula:not([data-look])');
    if (line && inline++ >= 3) {
      line.replaceWith('x');
      continue;
    }
    math.replaceChildren(Object.assign(document.createElementNS(math.namespaceURI, 'mi'), {textContent: 'x'}));
    math.style.minWidth = `${rooms[i]}px`;
  }
}"""
# Of blocks, rows, and entries those go that are nothing new: all that axe judges of them has stood three times, on this page or
# on those that a test has looked at before (as neighbours may be too near each other). That is of each element in it the name
# and attributes, whether it holds words, parts, or nothing, and whether what it refers to is there; and the same of what it
# stands in. What is marked stays. `before` are the counts of other pages, by a hash; the counts of all are returned.
THIN = """(before) => {
  const own = /^(id|href|name|value|alt|title|for|data-.*|aria-(label|valuetext|(describ|labell)edby|controls))$/;
  const refers = /^(for|aria-((describ|labell)edby|controls))$/;
  const found = (value) => value.split(' ').every((id) => document.getElementById(id));
  const right = ({name, value}) => refers.test(name) ? found(value) : Boolean(value.trim());
  const told = (attribute) => `${attribute.name}=${own.test(attribute.name) ? right(attribute) : attribute.value}`;
  const word = (node) => node.nodeType === 3 && node.data.trim();
  const holds = (e) => [...e.childNodes].some(word) ? 'words' : e.children.length > 0;
  const make = (e) => [e.localName, ...[...e.attributes].map(told).sort(), holds(e)].join();
  const parts = (e) => e.localName === 'math' ? [] : [...e.children].flatMap((part) => [part, ...parts(part)]);
  const counts = new Map(JSON.parse(before)), count = (key) => counts.get(key) ?? 0;
  const hash = (text) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
    }
    return (b >>> 11) * 4294967296 + (a >>> 0);
  };
  const repeated = 'article section > :not(h1, h2, h3, h4), article details > :not(summary), article tr, article li';
  const gone = new Set();
  for (const e of document.querySelectorAll(repeated)) {
    if (e.closest('[data-module]')) continue; // it has a life
    const keys = new Set([e, ...parts(e)].map((part) => hash(`${make(part.parentElement)} > ${make(part)}`)));
    const kept = e.matches('[data-look], :has([data-look], [data-module])') || [...keys].some((key) => count(key) < 3);
    if (kept) keys.forEach((key) => counts.set(key, count(key) + 1));
    else gone.add(e);
  }
  const near = (e) => e && e.localName === 'li' && !gone.has(e); // what is left of a list keeps its neighbours
  for (const e of gone) if (e.localName !== 'li' || !near(e.previousElementSibling) && !near(e.nextElementSibling)) e.remove();
  return JSON.stringify([...counts]);
}"""
MARKED = """() => {
  for (const block of document.querySelectorAll('article section > *, article details > *, article tr'))
    if (!block.matches('[data-look], :has([data-look])')) block.remove();
}"""
# what depends on looks is asked of one text, or link, of each look; of a whole page it takes as long as all else together
OF_LOOKS = ["color-contrast", "link-in-text-block"]
STRUCTURE = {"rules": {rule: {"enabled": False} for rule in OF_LOOKS} | {"target-size": {"enabled": True}}}
# at its top, where the header covers nothing; no frame is waited for without end
TOP = """async () => {
  scrollTo(0, 0);
  for (let i = 0; i < 2; i++) await new Promise((next) => [requestAnimationFrame(next), setTimeout(next, 500)]);
}"""
# a line that a list has scrolled half out of sight, or what the header covers in part, is no small target
CUT = """() => {
  const header = document.querySelector('.md-header, header').getBoundingClientRect().bottom;
  const show = (target, shown) => (target.style.visibility = shown ? '' : 'hidden');
  for (const contents of document.querySelectorAll('.toc, .nav')) {
    const {top, bottom} = contents.getBoundingClientRect();
    const [least, most] = [Math.max(top, header), Math.min(bottom, innerHeight)];
    for (const link of contents.querySelectorAll('a')) {
      const box = link.getBoundingClientRect();
      show(link, box.top >= least && box.bottom <= most);
    }
  }
  for (const target of document.querySelectorAll('article :is(a, button, summary)')) {
    const box = target.getBoundingClientRect();
    show(target, box.top >= header || box.bottom <= 0);
  }
}"""
UNPLACED = {"rules": {rule: {"enabled": False} for rule in OF_LOOKS}}  # what is not laid out has no size yet
# the second alone is content with what is below 4.5 to 1, as the first speaks of that
CONTRAST = {"runOnly": [*OF_LOOKS, "color-contrast-enhanced"]}
# Leaves no more than its room of each section that neither holds what is kept nor is in the window; says where that is.
APART = """(kept) => {
  const out = ({top, bottom}) => bottom < -100 || top > innerHeight + 100;
  const far = [...document.querySelectorAll('article > section')].filter(
    (section) => !section.querySelector(kept) && out(section.getBoundingClientRect()));
  globalThis.apart = far.map((section) => {
    const room = document.createElement('div'), {marginTop, marginBottom} = getComputedStyle(section);
    Object.assign(room.style, {height: `${section.offsetHeight}px`, marginTop, marginBottom});
    return [section, room];
  });
  const top = () => document.querySelector(kept).getBoundingClientRect().top, before = top();
  for (const [section, room] of apart) section.replaceWith(room);
  return [before, top()];
}"""


def axe(page, include: str | None, options: dict, exclude=NOT_OURS) -> list[str]:
    """Return what axe finds on the part of the page that include selects (None is the page as such), without the frame."""
    page.evaluate(CUT)
    return page.evaluate(
        """async ([include, exclude, options]) => {
          const context = include ? {include: [include], exclude} : {exclude};
          const {violations} = await axe.run(context, {resultTypes: ['violations'], ...options});
          return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)}: ${n.failureSummary}`));
        }""",
        [include, exclude, options],
    )


def axe_near(page, include: str | None, options: dict, exclude=NOT_OURS) -> list[str]:
    """Return what axe finds as `axe` does, where all is gone that is far from it: axe takes its time for all that is there."""
    before, after = page.evaluate(APART, include or "h1")
    assert abs(before - after) < 1, "nothing has moved"
    try:
        return axe(page, include, options, exclude)
    finally:
        page.evaluate("apart.forEach(([section, room]) => room.replaceWith(section))")


def dress(page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # a colour in transition is neither of the two
    until(page, f"document.documentElement.dataset.mdColorScheme == '{'slate' if scheme == 'dark' else 'default'}'")


class Judged:
    """What of other pages axe has judged, and found right: how often each thing stood there, and the looks in each scheme."""

    def __init__(self):
        self.counts = "[]"  # as JSON, which passes at once
        self.looks: dict[str, set[str]] = {scheme: set() for scheme in SCHEMES}


@pytest.fixture(scope="session")
def judged():
    """What each test has judged, in each width: it is judged once, and not on every page anew."""
    return collections.defaultdict(Judged)


def looks(page, judged: Judged) -> dict[str, set[str]]:
    """Return the looks of texts and links that are new, in light and in dark, having marked one of each."""
    found = {}
    for scheme in reversed(SCHEMES):
        dress(page, scheme)
        count, fresh = page.evaluate(LOOKS, list(judged.looks[scheme]))
        found[scheme] = set(fresh)
        assert count > 5
    return found


def prepare(page, judged: Judged) -> tuple[str, dict[str, set[str]]]:
    """Leave of a page what axe is to see, laid out, with one text of each new look marked; return the counts, and the looks."""
    unfold(page)
    page.evaluate(FEWER)
    page.evaluate(EMPTY)
    there = looks(page, judged)
    counts = page.evaluate(THIN, judged.counts)
    page.evaluate(ROOM)
    page.evaluate(TOP)
    page.evaluate(AXE_SCRIPT)
    return counts, there


def contrast(page, there: dict[str, set[str]], judged: Judged) -> list[str]:
    """Return what axe finds on one text of each look, light and dark; of the page only blocks with such a text are left."""
    if not any(there.values()):
        return []
    page.evaluate(MARKED)
    left, texts = looks(page, judged), lambda found: {look for look in found if not look.startswith("link,")}
    # of links, what is around them may go
    assert all(texts(there[scheme]) <= left[scheme] for scheme in SCHEMES), "a look has gone with what was around it"
    found = axe(page, "[data-look]", CONTRAST)
    dress(page, "dark")
    return found + axe(page, "[data-look]", CONTRAST)


@seeing("taken", TWINS)
def test_axe_finds_nothing(taken, judged):
    """One look at a page: its structure knows no colours, and its colours no width.

    Twins have the same blocks (tests/pages), so that each structure is seen at both widths. What has been found right on one
    page is not judged on the next.
    """
    known = judged[taken.look.width]
    counts, there = prepare(taken, known)
    assert axe(taken, "body", STRUCTURE) == []
    known.counts = counts
    assert contrast(taken, there, known) == []
    for scheme in SCHEMES:
        known.looks[scheme] |= there[scheme]


FAULTS = {  # each in the last of what there are many of: the rule that it breaks, and what makes it
    "button-name": "document.querySelector('article').append(document.createElement('button'))",
    "link-name": "[...document.querySelectorAll('article p a')].pop().replaceChildren()",
    "aria-valid-attr-value": "[...document.querySelectorAll('article p')].pop().setAttribute('aria-live', 'nowhere')",
    "aria-allowed-attr": "[...document.querySelectorAll('article td')].pop().setAttribute('aria-checked', 'true')",
    "empty-table-header": "[...document.querySelectorAll('article th')].pop().replaceChildren()",
}


@pytest.fixture(scope="session")
def setup_judged(reader, judged):
    """What axe judges of a page, judged: all that is right on it is known."""
    with reader.page("en", "setup") as page:
        judged["setup"].counts, judged["setup"].looks = prepare(page, Judged())
    return judged["setup"]


@pytest.mark.parametrize("colour", ["#777", "#737373", "#808080"])
def test_axe_would_find_something(reader, setup_judged, colour):
    """A single text whose colour differs is among those that are looked at, and so is what differs from all of its kind.

    It is where all else of the page is known.
    """
    with reader.page("en", "setup") as page:
        page.evaluate(f"document.querySelector('article p:not(:has(*))').style.color = '{colour}'")
        for fault in FAULTS.values():
            page.evaluate(fault)
        _, there = prepare(page, setup_judged)
        assert {found.partition(":")[0] for found in axe(page, "body", STRUCTURE)} == FAULTS.keys()
        assert [found.startswith("color-contrast") for found in contrast(page, there, setup_judged)] == [True, True]


def test_axe_would_find_a_link_told_by_its_colour_alone(reader, setup_judged):
    with reader.page("en", "setup") as page:
        page.evaluate("""() => {
          const link = document.querySelector("article p > a[href$='lab-mnist/']");
          link.style = 'text-decoration: none; border: 0; color: light-dark(#333370, #c8c8f0)';
        }""")
        _, there = prepare(page, setup_judged)
        assert {found.partition(":")[0] for found in contrast(page, there, setup_judged)} == {"link-in-text-block"}


TOUCHED = [stem for stem in STEMS if "/// explorable" in BOOK.pages["en"][f"{stem}.md"].text]


@pytest.mark.parametrize("place", range(len(TOUCHED)))
def test_axe_finds_nothing_at_any_moment(reader, judged, place):
    """As it arrives, laid out in part; at its end; with each element in place; with a figure enlarged."""
    language, width, scheme = [("zh", 390, "dark"), ("en", 1280, "light"), ("en", 390, "light"), ("zh", 1280, "dark")][
        place % 4
    ]
    with reader.page(language, TOUCHED[place], scheme, width) as page:
        page.evaluate(FEWER)
        counts = page.evaluate(THIN, judged["moment", width].counts)
        page.evaluate(AXE_SCRIPT)
        assert page.evaluate("[...document.querySelectorAll('[data-module]')].filter((e) => e.values).length") < 2
        assert axe(page, "body", UNPLACED) == []
        for element in page.locator("[data-module]").all():
            element.evaluate("(e) => e.scrollIntoView({block: 'center'})")
            until(page, "(e) => Boolean(e.values)", element.element_handle())
            tag = element.evaluate("(e) => e.localName")
            assert axe_near(page, f"figure:has({tag}), {tag}", {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}) == []
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        settled(page)
        assert axe(page, "body", STRUCTURE) == []
        page.locator(".enlarge").first.evaluate("(button) => button.click()")
        page.locator("dialog.figure-view[open]").wait_for()
        assert axe_near(page, ".figure-view", STRUCTURE) == []
        judged["moment", width].counts = counts


PREVIEWED = (
    "a.term",
    "a.value[data-held]",
    "a[href='#eq-update']",
    "a[href='#fig-regimes']",
    "a[href='#thm-heavy-ball']",
    "a.citation",
    "a[href$='#valley']",
)
# Puts the first of some links into the middle of the window, where on either side is little room; shows what it leads to.
MIDDLE = """(selector) => {
  const links = document.querySelectorAll(`article ${selector}:not(.equation-number, .caption-number)`);
  globalThis.link = [...links].find((link) => link.checkVisibility());
  link.scrollIntoView({block: 'center', behavior: 'instant'});
}"""
PREVIEW = "async (go) => (await loadPreviews(), showPreview(link, go))"


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("zh", "dark", 390)])
def test_axe_finds_nothing_while_a_preview_is_open(reader, language, scheme, width):
    with reader.page(language, "momentum", scheme, width) as page:
        page.evaluate("layOut()")
        page.evaluate(AXE_SCRIPT)
        for selector in PREVIEWED:
            page.evaluate(MIDDLE, selector)
            settled(page)
            assert page.evaluate(PREVIEW, width < 600), selector
            assert page.locator("#preview").is_visible(), selector
            assert axe_near(page, "#preview", {"rules": {"target-size": {"enabled": True}}}) == [], selector


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("en", DESK, "light"), ("en", PHONE, "dark"), ("zh", DESK, "dark"), ("zh", PHONE, "light")],
    ids=["en-desk-light", "en-phone-dark", "zh-desk-dark", "zh-phone-light"],
)
def test_axe_finds_nothing_in_the_frame(open_page, served, language, size, scheme):
    """Each layout meets each scheme and each language; the two languages have the same frame."""
    page = open_page(served.address + f"{language}/notation/", size, scheme)
    page.evaluate(AXE_SCRIPT)
    opened = {"scrolled": ".scrolled", "search": "dialog.search[open] [role=option]", "nav": ".nav:popover-open"}
    states = {
        "shut": lambda: None,
        "scrolled": lambda: page.evaluate("scrollTo(0, 2000)"),
        "search": lambda: search(page, "学习率" if language == "zh" else "rate"),
    }
    if size is PHONE:
        states["nav"] = lambda: (page.keyboard.press("Escape"), page.locator(".for-nav").click())
    for state, reach in states.items():
        reach()
        settled(page)
        assert state not in opened or page.locator(opened[state]).first.is_visible(), f"{state} is not open"
        page.screenshot(path=shot(f"frame-{language}-{size['width']}-{scheme}-{state}"))
        assert axe_near(page, None, {"rules": {"target-size": {"enabled": True}}}, ["article"]) == [], state
