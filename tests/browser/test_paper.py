"""A chapter on paper."""

import re

import pytest

from downhill import LANGUAGES
from tests.browser.pages import SHOTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_on_paper(reader, language):
    with reader.page(language, scheme="dark") as page:
        during = "window.paper = null; addEventListener('beforeprint', () => setTimeout(() => 0)); "
        during += """addEventListener('beforeprint', () => (window.paper = {
          closed: document.querySelectorAll('article details:not([open])').length,
          marks: document.querySelectorAll('.print-mark').length,
          notes: [...document.querySelectorAll('.print-notes li')].map((li) => li.textContent)}))"""
        page.evaluate(during)
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.pdf(path=SHOTS / f"momentum-{language}.pdf", prefer_css_page_size=True)
        paper = page.evaluate("window.paper")
        assert paper["closed"] == 0
        assert paper["marks"] >= len(paper["notes"]) > 3 and all(note.startswith("http") for note in paper["notes"])
        assert page.locator("details[open], .print-mark, .print-notes").count() == 0, "the screen is as it was"
        assert (
            page.locator("#fig-valley path[stroke='var(--fig-1)']").first.evaluate("(e) => getComputedStyle(e).stroke")
            == "rgb(125, 183, 240)"
        )
        page.emulate_media(media="print", color_scheme="dark")
        assert (
            page.locator("#fig-valley path[stroke='var(--fig-1)']").first.evaluate("(e) => getComputedStyle(e).stroke")
            == "rgb(11, 95, 165)"
        )
        for unprinted in (".enlarge", ".copy", ".headerlink", ".md-header", ".md-sidebar"):
            assert not page.locator(unprinted).first.is_visible(), unprinted
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_solutions_open_on_paper_without_a_script(reader):
    with reader.page("zh", java_script_enabled=False) as page:
        program = page.locator("details .program").first
        assert not program.is_visible()
        page.emulate_media(media="print")
        assert program.is_visible()


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_paper_is_the_readers(reader, paper, size):
    with reader.page("en", "choosing") as page:
        printed = page.pdf(format=paper, prefer_css_page_size=True)
        boxes = {tuple(float(side) for side in box.split()) for box in re.findall(rb"/MediaBox \[([^]]+)\]", printed)}
        assert [tuple(round(side) for side in box[2:]) for box in boxes] == [pytest.approx(size, abs=1)]


def test_on_paper_a_long_program_goes_on_upon_the_next_sheet(reader):
    with reader.page("en") as page:
        page.emulate_media(media="print")
        look = """(all) => all.map((block) => [
          block.textContent.trim().split('\\n').length, getComputedStyle(block.closest('.highlight')).breakInside])"""
        breaks = page.locator("article .program pre").evaluate_all(look)
        assert {inside for lines, inside in breaks if lines > 25} == {"auto"}
        assert {inside for lines, inside in breaks if lines <= 25} == {"avoid"}


def test_on_paper_a_tall_figure_is_drawn_smaller(reader):
    """What is higher than 95 mm goes to the next sheet too often, and leaves half of one empty."""
    with reader.page("en", "gradient-descent") as page:
        page.emulate_media(media="print")
        heights = page.locator("figure .drawing > svg").evaluate_all(
            "(all) => all.map((e) => e.getBoundingClientRect().height)"
        )
        assert max(heights) == pytest.approx(95 / 25.4 * 96, abs=1)
