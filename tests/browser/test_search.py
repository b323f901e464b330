"""The search."""

import re

import pytest

from downhill import LANGUAGES
from tests.book import tree as parsed
from tests.browser.pages import search, until


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("动量", "动量法"),
        ("梯度下降", "梯度下降"),
        ("收敛速度", None),
        ("随机梯度", "随机梯度下降"),
        ("学习率", None),
        ("条件数", None),
        ("谱半径", None),
        ("最优的学习率", None),
    ],
)
def test_chinese_is_found_inside_sentences(open_page, served, words, heading):
    page = open_page(served.address + "zh/setup/")
    results = search(page, words)
    assert results
    assert heading is None or results[0][0] == heading
    marks = page.evaluate("[...document.querySelectorAll('#search mark')].map((m) => m.innerText)")
    assert marks
    assert set("".join(marks)) <= set(words)
    assert page.trouble == []


@pytest.mark.parametrize(
    ("words", "first"),
    [("momen", "Momentum"), ("gradient desc", "Gradient descent"), ("MOMENTUM", "Momentum"), ("gloss", "Glossary")],
)
def test_english_is_found_by_its_beginning(open_page, served, words, first):
    page = open_page(served.address + "en/setup/")
    results = search(page, words)
    assert results[0][0] == first
    assert not search(page, "mentum"), "the inside of a word is no beginning"
    assert page.locator("#search [role=status]").inner_text() == "Nothing found"


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        ("en", "momentm", "momentum/"),
        ("en", "radient", "gradient-descent/"),
        ("en", "optimiser", "choosing/"),
        ("en", "optimisation", "#prerequisites"),
        ("en", "learningrate", "gradient-descent/#learning-rates"),
        ("en", "nesterov acceleration", "momentum/#nesterov"),
        ("en", "kappa", "momentum/#steps-saved"),
        ("zh", "κ", "momentum/#steps-saved"),
        ("zh", "动量发", "momentum/"),
        ("zh", "学 习 率", "choosing/#tuning"),
        ("zh", "怎么选学习率", "choosing/#tuning"),
        ("zh", "迭代周期", "glossary/#epoch"),
        ("zh", "梯度截断", "glossary/#gradient-clipping"),
        ("zh", "批量规范化", "glossary/#batch-normalization"),
        ("zh", "海森矩阵", "glossary/#hessian"),
        ("zh", "过冲", "glossary/#overshoot"),
        ("zh", "幂法", "glossary/#power-iteration"),
        ("zh", "条件数", "glossary/#condition-number"),
        ("en", "condition number", "glossary/#condition-number"),
    ],
)
def test_what_a_reader_types_is_forgiven(open_page, served, language, words, wanted):
    """A wrong letter, British endings, words written as one or apart, a Greek letter by its name, a word too many."""
    page = open_page(served.address + f"{language}/setup/")
    assert f"{served.address}{language}/{wanted}" in [address for _, address in search(page, words)][:4]
    assert page.trouble == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_knows_no_words_of_figures_and_every_heading(open_page, served, language):
    page = open_page(served.address + f"{language}/")
    search(page, "a")
    index = page.evaluate("downhillIndex")
    for section in index:
        name, _, anchor = section["location"].partition("#")
        tree = parsed(served.site / language / name / "index.html")
        (heading,) = tree.xpath("//*[@id=$id]", id=anchor) if anchor else tree.xpath("//h1")
        own = re.sub(r"\s+", "", "".join(heading.itertext()).replace("¶", ""))
        assert re.sub(r"\s+", "", section["title"]) == own or heading.tag == "dt"
        assert "\u200b" not in section["text"] + section["title"]
    words = {"zh": "损失曲面的等高线", "en": "loss contours"}[language]
    svg = [
        t for t in parsed(served.site / language / "momentum" / "index.html").xpath("//*[name()='svg']//text()") if len(t) > 12
    ]
    everything = " ".join(section["text"] for section in index)
    assert words not in everything
    assert not [t for t in svg if t.strip() and f"{t} {t}" in everything]


def test_search_by_keyboard(open_page, served):
    page = open_page(served.address + "en/setup/")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("s")
    assert page.get_by_role("dialog", name="Search").is_visible()
    box = page.get_by_role("combobox", name="Search the book")
    until(page, "globalThis.downhillIndex")
    page.keyboard.type("valley")
    options = page.get_by_role("option")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    dialog = page.get_by_role("dialog")
    for key in ("/", "f"):
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        page.keyboard.press(key)
        dialog.wait_for(timeout=2000)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.locator("[data-open-search]").click()
    page.keyboard.press("ArrowDown")  # from the last to the first
    target = options.nth(0).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    until(page, "CSS.highlights.get('found')?.size > 0")
    assert page.trouble == []


def test_search_follows_an_input_method(open_page, served):
    """Composition changes the text without a key; the choice of a candidate by Enter must not follow a result."""
    page = open_page(served.address + "zh/setup/")
    search(page, "")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "dong liang", "selectionStart": 10, "selectionEnd": 10})
    session.send("Input.insertText", {"text": "动量"})
    assert page.get_by_role("option").count() > 3
    page.locator("#search input").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert page.url.endswith("/zh/setup/")
    assert page.get_by_role("dialog").is_visible()


def test_search_says_when_its_index_cannot_be_read_and_tries_again(open_page, served):
    page = open_page(served.address + "en/")
    page.route("**/search-en.*", lambda route: route.abort())
    page.keyboard.press("/")
    status = page.locator("#search [role=status]")
    until(page, "document.querySelector('#search [role=status]').innerText.includes('cannot')")
    page.unroute("**/search-en.*")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert search(page, "momentum")
    assert "results" in status.inner_text()
