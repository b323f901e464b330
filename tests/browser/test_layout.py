"""How wide text is, what stands beside it, and the contents at its side."""

import statistics

import pytest

from downhill import LANGUAGES
from tests.book import BOOK
from tests.browser.pages import IN_CHAPTERS, STEMS, each, lay_out, until

# how many characters stand on each full line of paragraphs without formulas, values in them included
LINES = """() => [...document.querySelectorAll('section > p')].filter((p) => !p.querySelector('math')).flatMap((p) => {
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), range = document.createRange(), counts = new Map();
  while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
    range.setStart(walker.currentNode, i);
    range.setEnd(walker.currentNode, i + 1);
    const box = range.getBoundingClientRect(), line = Math.round((box.top + box.bottom) / 16);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts.values()].slice(0, -1);
})"""
# figures that stand beside the text, and what of the article reaches into one of them
BESIDE = "() => [...document.querySelectorAll('.figure')].filter((e) => getComputedStyle(e).float !== 'none')"
UNDER = f"""() => {{
  const boxes = ({BESIDE})().map((e) => [e, e.getBoundingClientRect()]);
  const parts = document.querySelectorAll('article :is(p, li, table, math, .program, .printed, .equation, details, h2, h3)');
  return [...parts].flatMap((part) => {{
    const box = part.getBoundingClientRect();
    const near = boxes.filter(([e, b]) => !e.contains(part) && b.top < box.bottom - 1 && box.top < b.bottom - 1);
    return near.filter(([, b]) => box.right > b.left && box.width).map(([e]) => `${{e.id}}: ${{part.outerHTML.slice(0, 80)}}`);
  }});
}}"""

# headings whose mark does not stand on their last line, behind its words, on the screen
MARKS = """() => [...document.querySelectorAll('article :is(h1, h2, h3, h4, h5, h6) > .headerlink')].filter((mark) => {
  const words = document.createRange();
  words.setStart(mark.parentElement, 0);
  words.setEndBefore(mark);
  const lines = [...words.getClientRects()].filter((box) => box.width), last = lines[lines.length - 1];
  const box = mark.getBoundingClientRect(), middle = (box.top + box.bottom) / 2;
  const behind = box.left >= last.right - 1 && last.top < middle && middle < last.bottom;
  return !behind || box.right > innerWidth || box.bottom > mark.parentElement.getBoundingClientRect().bottom + 1;
}).map((mark) => mark.parentElement.id)"""


@pytest.mark.parametrize("width", [820, 1280])
@pytest.mark.parametrize(("language", "least", "most"), [("en", 66, 72), ("zh", 36, 40)])
def test_a_line_is_as_long_as_one_reads_well(reader, language, least, most, width):
    with reader.page(language, "choosing", width=width) as page:
        lay_out(page)
        counts = page.evaluate(LINES)
        assert len(counts) > 30
        assert least <= statistics.median(counts) <= most


@each(IN_CHAPTERS, 1250, 1280, 1600)
def test_on_a_desk_a_figure_stands_beside_the_text_and_nothing_under_it(unfolded):
    beside = unfolded.evaluate(f"({BESIDE})().length")
    assert unfolded.look.stem == "index" or beside >= unfolded.locator("figure.figure").count() - 1
    assert unfolded.evaluate(UNDER) == []
    assert unfolded.evaluate("document.documentElement.scrollWidth") <= unfolded.look.width


@each(IN_CHAPTERS, 1000)
def test_where_there_is_no_room_no_figure_stands_beside_the_text(unfolded):
    assert unfolded.evaluate(f"({BESIDE})().length") == 0


@each([("zh", stem) for stem in STEMS if "$$" in BOOK.pages["zh"][f"{stem}.md"].text], 360)
def test_no_formula_is_wider_than_a_small_phone(unfolded):
    formulas = unfolded.locator("article > section .equation")
    assert formulas.count() == BOOK.pages["zh"][f"{unfolded.look.stem}.md"].text.count("$$") // 2
    wider = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.id || e.outerHTML)"
    assert formulas.evaluate_all(wider) == []


@each([(language, stem) for language in LANGUAGES for stem in STEMS], 360, 390, 768)
def test_the_mark_of_a_heading_stands_behind_its_last_line(unfolded):
    assert unfolded.evaluate(MARKS) == []


def test_a_program_stands_beside_its_figure_folded_and_whole(reader):
    with reader.page("en", anchor="#fig-valley") as page:
        figure, program = (page.locator(name) for name in ("#fig-valley", "#code-valley"))
        for _ in range(2):
            drawn, shown = figure.bounding_box(), program.bounding_box()
            assert abs(drawn["y"] - shown["y"]) < 30
            assert shown["x"] + shown["width"] <= drawn["x"]
            program.locator("summary").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_name_no_title_and_fold_the_exercises(reader, language):
    with reader.page(language) as page:
        names = page.locator(".toc .toc-list a:visible").all_inner_texts()
        assert page.locator("h1").evaluate("(h1) => h1.firstChild.data") not in names
        assert len(names) == page.locator("article h2").count(), "an exercise is folded"
        exercises = page.locator("article h3[id^=exercise-]").count()
        assert exercises and page.locator(".toc summary").inner_text().startswith(f"{exercises} ")
        page.evaluate("document.querySelectorAll('article h3[id^=exercise-]')[2].scrollIntoView()")
        until(page, "document.querySelector('.toc details [aria-current]') !== null")
        colour = "(e) => getComputedStyle(e).borderLeftColor"
        assert page.locator(".toc a[href='#exercises']").evaluate(colour) != page.locator(".toc a").first.evaluate(colour)
        page.locator(".toc summary").press("Enter")
        assert page.locator(".toc .toc-list a:visible").count() == len(names) + exercises
        assert page.locator(".toc a[href='#exercises']").evaluate(colour) == page.locator(".toc a").first.evaluate(colour)
