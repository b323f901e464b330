"""The search."""

import contextlib
import functools
import re

import pytest

from downhill import LANGUAGES
from tests.book import tree as parsed
from tests.browser.pages import DESK, search, until


@pytest.fixture(scope="module")
def opened(windows, served):
    """A function that returns the page at an address, opened once for all that it is asked."""
    with contextlib.ExitStack() as stack:
        yield functools.cache(lambda address: stack.enter_context(windows.page(served.address + address, DESK)))


@pytest.fixture
def asked(opened, request):
    """A page that is asked for many things, one after the other; each question takes the place of the last."""
    page = opened(request.param)
    page.language = request.param[:2]
    return page


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("动量", "动量法、动量 · momentum"),
        ("梯度下降", "梯度下降、梯度下降法 · gradient descent"),
        ("收敛速度", None),
        ("随机梯度", "随机梯度下降"),
        ("学习率", None),
        ("条件数", None),
        ("谱半径", None),
        ("最优的学习率", None),
    ],
)
@pytest.mark.parametrize("asked", ["zh/setup/"], indirect=True)
def test_chinese_is_found_inside_sentences(asked, words, heading):
    results = search(asked, words)
    assert results
    assert heading is None or results[0][0] == heading
    marks = asked.evaluate("[...document.querySelectorAll('#search mark')].map((m) => m.innerText)")
    assert marks
    assert set("".join(marks)) <= set(words)
    assert asked.trouble == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("momen", "Momentum"),
        ("gradient desc", "Gradient descent"),
        ("MOMENTUM", "momentum · 动量法、动量"),
        ("gloss", "Glossary"),
    ],
)
@pytest.mark.parametrize("asked", ["en/setup/"], indirect=True)
def test_english_is_found_by_its_beginning(asked, words, first):
    results = search(asked, words)
    assert results[0][0] == first
    assert not search(asked, "mentum"), "the inside of a word is no beginning"
    assert asked.locator("#search [role=status]").inner_text() == "Nothing found"


@pytest.mark.parametrize(
    ("asked", "words", "wanted"),
    [
        ("en/setup/", "momentm", "momentum/"),
        ("en/setup/", "radient", "gradient-descent/"),
        ("en/setup/", "optimiser", "choosing/"),
        ("en/setup/", "optimisation", "#prerequisites"),
        ("en/setup/", "αλ", "momentum/#matrix"),
        ("en/setup/", "learningrate", "gradient-descent/#learning-rates"),
        ("en/setup/", "nesterov acceleration", "momentum/#nesterov"),
        ("en/setup/", "kappa", "momentum/#steps-saved"),
        ("zh/setup/", "κ", "momentum/#steps-saved"),
        ("zh/setup/", "动量发", "momentum/"),
        ("zh/setup/", "学 习 率", "glossary/#learning-rate"),
        ("zh/setup/", "迭代周期", "glossary/#epoch"),
        ("zh/setup/", "梯度截断", "glossary/#gradient-clipping"),
        ("zh/setup/", "批量规范化", "glossary/#batch-normalization"),
        ("zh/setup/", "海森矩阵", "glossary/#hessian"),
        ("zh/setup/", "过冲", "glossary/#overshoot"),
        ("zh/setup/", "幂法", "glossary/#power-iteration"),
        ("zh/setup/", "条件数", "glossary/#condition-number"),
        ("en/setup/", "lipschitz", "glossary/#smoothness"),
        ("zh/setup/", "Lipschitz", "glossary/#smoothness"),
        ("zh/setup/", "冲量", "glossary/#momentum"),
        ("zh/setup/", "热身", "glossary/#warm-up"),
        ("en/setup/", "trapezoid", "glossary/#wsd"),
        ("en/setup/", "DDP", "lab-parallel/"),
        ("zh/setup/", "学习率 衰减", "glossary/#learning-rate-decay"),
        ("en/setup/", "condition number", "glossary/#condition-number"),
    ],
    indirect=["asked"],
)
def test_what_a_reader_types_is_forgiven(asked, served, words, wanted):
    """A wrong letter, British endings, words written as one or apart, a Greek letter by its name, a word too many."""
    found = search(asked, words)[:8]  # two pages, each with its four best
    assert f"{served.address}{asked.language}/{wanted}" in [address for _, address in found]
    assert asked.trouble == []


@pytest.mark.parametrize(
    ("asked", "words", "first"),
    [
        ("en/setup/", "learning rates", "glossary/#learning-rate"),
        ("en/setup/", "What is a condition number?", "glossary/#condition-number"),
        ("en/setup/", "学习率", "glossary/#learning-rate"),
        ("en/setup/", "lr", "notation/#steps"),
        ("en/setup/", "kappa", "notation/#curvature"),
        ("en/momentum/", "figure 5", "momentum/#fig-steps-saved"),
        ("en/momentum/", "theorem 2", "momentum/#thm-best-pair"),
        ("en/momentum/", "proposition 3 stochastic", "stochastic-gradient-descent/#prop-noise-ball"),
        ("en/momentum/", "lemma 1", "gradient-descent/#lem-descent"),
        ("en/momentum/", "theorem 1 adaptive", "adaptive/#prop-pure-noise"),
        ("zh/momentum/", "定理 3", "momentum/#thm-lower-bound"),
        ("zh/momentum/", "引理 1", "gradient-descent/#lem-descent"),
        ("en/momentum/", "table 2 matrix", "matrix/#tab-large"),
        ("en/setup/", "beta_2", "notation/#second-uses"),
        ("zh/setup/", "β₂", "notation/#second-uses"),
        ("zh/setup/", "自己写优化器", "lab-optimizer/"),
        ("en/momentum/", "table 1", "momentum/#tab-equal-step"),
        ("en/momentum/", "stochastic fig. 1", "stochastic-gradient-descent/#fig-three-batches"),
        ("en/setup/", "2/(L+mu)", "gradient-descent/#eq-best"),
        ("en/setup/", r"\frac{2}{L + \mu}", "gradient-descent/#eq-best"),
        ("zh/setup/", "什么是条件数", "glossary/#condition-number"),
        ("zh/setup/", "怎么选学习率", "lab-mnist/#rate-search"),
        ("zh/setup/", "学习率如何选？", "gradient-descent/#range-test"),
        ("zh/setup/", "如何选择学习率", "gradient-descent/#range-test"),
        ("en/setup/", "how do I choose a learning rate", "gradient-descent/#range-test"),
        ("en/setup/", "How to choose the learning rate?", "gradient-descent/#range-test"),
        ("en/setup/", "why does my loss go up", "gradient-descent/#learning-rates"),
        ("zh/setup/", "损失为什么上升", "gradient-descent/#learning-rates"),
        ("zh/setup/", "用哪种优化器", "choosing/"),
        ("zh/setup/", "用哪个优化器？", "choosing/"),
        ("en/setup/", "Which optimizer?", "choosing/"),
        ("zh/setup/", "怎样记分", "lab-optimizer/#run"),
        ("zh/momentum/", "矩阵 图 1", "matrix/#fig-rulers"),
        ("zh/momentum/", "图 1 混淆矩阵", "lab-mnist/#fig-first-ten"),
        ("zh/setup/", "學習率", "glossary/#learning-rate"),
        ("zh/setup/", "動量法", "glossary/#momentum"),
        ("zh/setup/", "κ", "notation/#curvature"),
        ("zh/momentum/", "图5", "momentum/#fig-steps-saved"),
        ("zh/momentum/", "式（4）", "momentum/#eq-characteristic"),
    ],
    indirect=["asked"],
)
def test_what_has_a_name_or_a_number_comes_first(asked, served, words, first):
    """A term in either language and script, a symbol by its name in programs, a number, a formula, a question, as typed."""
    assert search(asked, words)[0][1] == f"{served.address}{asked.language}/{first}"
    assert asked.trouble == []


def test_results_stand_under_their_pages_and_formulas_are_marked(open_page, served):
    page = open_page(served.address + "en/momentum/")
    search(page, "1 / L")
    groups = page.locator("#search [role=group]")
    pages = groups.evaluate_all("(boxes) => boxes.map((box) => box.children[0].textContent)")
    assert len(pages) == len(set(pages)) > 3
    assert {"Momentum", "Gradient descent"} <= set(pages)
    assert max(groups.evaluate_all("(boxes) => boxes.map((box) => box.querySelectorAll('a').length)")) <= 4
    marks = page.locator("#search mark").all_inner_texts()
    assert {re.sub(r"\s", "", mark) for mark in marks} >= {"1/L"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_knows_no_words_of_figures_and_every_heading(open_page, served, language):
    page = open_page(served.address + f"{language}/")
    search(page, "a")
    index = page.evaluate("downhillIndex")
    for section in index:
        if section.keys() & {"names", "number", "asked"}:
            continue
        name, _, anchor = section["location"].partition("#")
        tree = parsed(served.site / language / name / "index.html")
        (heading,) = tree.xpath("//*[@id=$id]", id=anchor) if anchor else tree.xpath("//h1")
        own = re.sub(r"\s+", "", "".join(heading.itertext()).replace("¶", ""))
        assert re.sub(r"\s+", "", section["title"]) == own
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
    page.keyboard.press("Control+k")
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
    for key in ("Meta+k", "Control+k"):
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        page.keyboard.press(key)
        dialog.wait_for()
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
    page.keyboard.press("Control+k")
    status = page.locator("#search [role=status]")
    until(page, "document.querySelector('#search [role=status]').innerText.includes('cannot')")
    page.unroute("**/search-en.*")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert search(page, "momentum")
    assert "results" in status.inner_text()
