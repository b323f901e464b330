"""The first page shows the book as it is: its counts are true, each chapter has a card, and a card is drawn by its figure."""

import gzip
import re

import pytest

from downhill import checks
from downhill.checks import front
from downhill.manuscript import counts, navigation
from downhill.manuscript.book import Book
from downhill.manuscript.navigation import order
from downhill.markdown.sketch import simplified, sketch
from tests.book import BOOK, ROOT, address, tree
from tests.small import change

EXERCISE = re.compile(r'<h3 id="exercise-')


def page(site, language: str, name: str) -> str:
    folder = "" if name == "index.md" else name.removesuffix(".md")
    return (site / language / folder / "index.html").read_text(encoding="utf-8")


def cards(site, language: str) -> list[str]:
    blocks = page(site, language, "index.md").split('class="cards"')[1:]
    return [card for block in blocks for card in re.findall(r"<li>.*?</li>", block.partition("</ol>")[0], re.DOTALL)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_counts_are_those_of_the_pages_that_readers_see(site, language):
    pages = [page(site, language, name) for name in BOOK.pages[language]]
    whole = counts.whole(BOOK)
    assert whole["figures"] == sum(text.count('<figure class="figure"') for text in pages)
    assert whole["exercises"] == sum(len(EXERCISE.findall(text)) for text in pages)
    assert whole["programs"] == len(list((ROOT / "snippets").rglob("*.py")))
    assert whole["examples"] == sum(len(re.findall(r"^ *>>> ", text, re.MULTILINE)) for text in BOOK.snippets.values())
    assert whole["chapters"] == len(cards(site, language)) >= 4
    strip = re.sub("<[^>]+>", "", pages[0].partition('class="counts"')[2].partition("</ul>")[0])
    first = page(site, language, "index.md").partition('class="counts"')[2].partition("</ul>")[0]
    shown = re.findall(r"<strong>([\d,]+)</strong>", first)
    assert shown == [f"{whole[name]:,}" for name in ("programs", "figures", "exercises", "values", "examples")], strip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_chapter_of_nav_has_a_card_in_its_order(site, language):
    chapters = [name for name in order(BOOK) if counts.is_chapter(BOOK.pages[language][name].text)]
    found = cards(site, language)
    assert [re.search(r'class="card-title" href="([\w-]+)/"', card)[1] + ".md" for card in found] == chapters
    for name, card in zip(chapters, found, strict=True):
        text = page(site, language, name)
        held = counts.page_counts(BOOK.pages[language][name])
        assert held.exercises == len(EXERCISE.findall(text))
        assert held.figures == text.count('<figure class="figure"')
        assert held.programs == text.count('class="program"')
        words = re.search(r'class="card-counts">([^<]*)<', card)[1]
        assert re.findall(r"\d+", words) == [str(held.minutes), str(held.programs), str(held.exercises)]
        assert re.search(r'class="card-question">[^<]+[?？]<', card)
        drawing = re.search(r'<div class="sketch" data-search-exclude>(<svg.*</svg>)</div>', card, re.DOTALL)[1]
        assert "<text" not in drawing
        assert " id=" not in drawing
        assert len(gzip.compress(drawing.encode())) <= 2_048


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cards_stand_below_their_part_and_count_on(site, language):
    first = tree(address(site, language, "index.md"))
    for part, inside in navigation.titled(navigation.read(ROOT)):
        (heading,) = first.xpath(f"//h3[@id='{part.heading}']")
        lists = heading.xpath(f"following-sibling::div[@class='cards'][preceding-sibling::h3[1][@id='{part.heading}']]/ol")
        shown = [f"{link.strip('/')}.md" for each in lists for link in each.xpath("li/a[@class='card-title']/@href")]
        assert shown == [name for name in inside if counts.is_chapter(BOOK.pages[language][name].text)]
        starts = [int(each.get("start", 1)) for each in lists]
        assert starts == [1 + len(heading.xpath("preceding-sibling::div[@class='cards']/ol/li"))] * len(lists)


def test_twins_take_about_the_same_time():
    for name in BOOK.pages["en"]:
        english, chinese = (counts.minutes(BOOK.pages[language][name].text) for language in ("en", "zh"))
        assert english == pytest.approx(chinese, rel=0.15, abs=1), name


def test_a_figure_takes_its_time():
    text = "# A {#a}\n\nword word\n\n$$\nx\n$$\n\n```python\nx\n```\n\n/// figure | fig-a\n    alt: not read\n\nword\n///\n"
    looks = counts.LOOKS["figure"] + counts.LOOKS["program"] + counts.LOOKS["equation"]
    assert counts.minutes(text) == pytest.approx(looks + 4 / counts.WORDS)


FRONT = "/// cards\n1. [Line](index.md#fig-line): How? So.\n///"
WRONG = {
    "a hero of two paragraphs": ("/// hero\nOne.\n\nTwo.\n///", "/// hero holds one paragraph"),
    "a hero that is a list": ("/// hero\n- one\n///", "/// hero holds one paragraph"),
    "a block without end": ("/// hero\nOne.", "/// hero does not end in a line ///"),
    "a count of nothing": ("/// counts\n- many programs\n///", "an item of /// counts begins with a value"),
    "a count that is none": ("/// counts\n- {{ book: pigs }} pigs\n///", "the book counts no pigs"),
    "a card without question": ("/// cards\n1. [Line](index.md): no question.\n///", "a card is [Title](page.md#fig-id)"),
    "a card without link": ("/// cards\n1. Line: How? So.\n///", "a card is [Title](page.md#fig-id)"),
    "another title": ("/// cards\n1. [Lime](index.md): How? So.\n///", "the title of this card is not that of index.md, “"),
    "no figure": (
        "/// cards\n1. [Line](index.md#eq-line): How? So.\n///",
        "#eq-line, which is no figure of index.md; it has fig-line",
    ),
    "a number that does not go on": (
        "/// cards\n4. [Line](index.md): How? So.\n///",
        "the cards are numbered through all parts: this one is 1",
    ),
    "a card twice": (FRONT.replace("\n///", "\n2. [Line](index.md): How? So.\n///"), "index.md has a card already"),
    "another block": ("/// herd\nOne.\n///", "what begins with /// is"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_block_that_is_not_right_is_refused(what, bare):
    block, said = WRONG[what]
    for language in ("en", "zh"):
        with (bare / "docs" / language / "index.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{block}\n")
    lines = [each for each in checks.problems(Book(bare)) if said in each]
    assert lines
    assert all(re.match(r"docs/(en|zh)/index\.md:\d+: ", line) for line in lines)


def test_a_chapter_without_card_is_named_and_the_blocks_are_for_the_first_page(bare):
    for language, title in (("en", "Line"), ("zh", "直线")):
        path = bare / "docs" / language / "index.md"
        other = path.read_text(encoding="utf-8").replace("{#index}", "{#other}")
        (path.parent / "other.md").write_text(f"{other}\n/// hero\nOne.\n///\n", encoding="utf-8")
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{FRONT.replace('Line', title)}\n", encoding="utf-8")
    change(bare / "mkdocs.yml", "[index.md]", "[index.md, other.md]")
    said = front.problems(Book(bare))
    assert [each.partition(": ")[2] for each in said if "docs/en" in each] == [
        "/// hero is for index.md, the book's first page"
    ]
    for language in ("en", "zh"):
        path = bare / "docs" / language / "other.md"
        path.write_text(path.read_text(encoding="utf-8").partition("\n/// hero")[0] + "\n", encoding="utf-8")
    assert (
        "docs/en/index.md:20: other.md has no card; write [Title](other.md#fig-id): Question? What is there."
        in front.problems(Book(bare))
    )


def test_a_sketch_keeps_what_is_drawn_and_leaves_the_rest():
    drawing = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><defs><path id="m" d="M0-2l2 4h-4z"/>
    <path id="o" d="M0 1c1 0 1-1 0-2z"/><clipPath id="c"><rect x="10" y="10" width="80" height="40"/></clipPath></defs>
    <text x="1" y="1">words</text><path d="M10 10v40" stroke="currentColor"/><use href="#m" x="10" y="50"/>
    <path clip-path="url(#c)" d="M20 10v40" stroke="var(--fig-grid)"/>
    <path clip-path="url(#c)" d="M10 50l40-19.99 40-20.01" fill="none" stroke="var(--fig-1)" stroke-dasharray="4,2"/>
    <g clip-path="url(#c)"><use href="#o" x="50" y="30" fill="currentColor" stroke="currentColor"/></g>
    <g clip-path="url(#c)"><use href="#m" x="90" y="10" fill="var(--fig-2)" stroke="var(--fig-2)" fill-opacity="0.5"/></g>
    </svg>"""
    assert sketch(drawing) == (
        '<svg viewBox="0 0 400 200" aria-hidden="true"><svg x="0" y="0" width="400" height="200">'
        '<path fill="none" stroke="var(--fig-1)" stroke-width="5" stroke-dasharray="20 10" d="M0 200l400-200"/>'
        '<path stroke="currentColor" stroke-width="35" d="M200 100h0"/>'
        '<path fill="var(--fig-2)" fill-opacity="0.5" d="M400 -10l10 20-20 0z"/></svg></svg>'
    )
    assert sketch('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>') == ""


def test_a_simplified_line_stays_near_the_drawn_one():
    line = [(x / 4, (x % 7) ** 2 / 3) for x in range(200)]
    kept = simplified(line, near=0.5)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    assert set(kept) <= set(line)
    assert simplified(line, near=0) == line
    assert len(simplified(line, near=100)) == 2
