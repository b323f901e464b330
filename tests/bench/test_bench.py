"""What the benches take from the book: that they still understand its pages."""

import ast
import copy
import json
import re

import pytest

from bench import BenchError
from bench.peers import pages, plain, report, tools
from bench.web import references, visits
from bench.web import report as web
from downhill import LANGUAGES

OWN_MARKUP = re.compile(r"--8<--|\{\{|^///|\[@|^\?\?\?|\]\(#|\{#", re.M)  # what only the book's extensions read


def test_peers_get_every_snippet_and_no_markup_of_the_book(book):
    for language in LANGUAGES:
        read = pages.read(book.docs / language, set(book.snippets))
        assert list(read) == [name.removesuffix(".md") for name in book.pages[language]]
        parts = [part for page in read.values() for part in page]
        assert sorted(part.text for part in parts if part.is_snippet) == sorted(book.snippets)
        assert not [match[0] for part in parts if not part.is_snippet for match in OWN_MARKUP.finditer(part.text)]


def test_every_snippet_leaves_a_figure_or_prints(book):
    def prints(source: str) -> bool:  # by itself, not in its examples
        calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
        return any(isinstance(called, ast.Name) and called.id == "print" for called in calls)

    assert [name for name, source in book.snippets.items() if tools.draws(source) == prints(source)] == []


def test_plain_pages_run_nothing_and_show_the_same_code(book, tmp_path):
    for language in LANGUAGES:
        for page in book.pages[language].values():
            path = tmp_path / "docs" / language / page.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, encoding="utf-8")
    plain.prepare(tmp_path)
    for language in LANGUAGES:
        for page in book.pages[language].values():
            text = (tmp_path / "plain" / language / page.name).read_text(encoding="utf-8")
            assert 'exec="on"' not in text and "/// figure" not in text
            assert text.count("--8<--") == len(page.fences) and text.count("```python\n") >= len(page.fences)


@pytest.mark.parametrize(("path", "table"), [("peers/peers.json", report.markdown), ("web/web.json", web.markdown)])
def test_readmes_show_the_last_measurement(book, path, table):
    result = json.loads((book.root / "bench" / path).read_text(encoding="utf-8"))
    for name, language in (("README.md", "en"), ("README.zh.md", "zh")):
        assert table(result, language) in (book.root / name).read_text(encoding="utf-8")


def test_the_floor_has_every_article_and_nothing_else(site, tmp_path, book):
    references.floor(site, tmp_path)
    for language in LANGUAGES:
        assert [f"{stem}.md" for stem in references.stems(site, language)] == sorted(book.pages[language])
        for stem in references.stems(site, language):
            built = (site / references.place(language, stem) / "index.html").read_text(encoding="utf-8")
            text = (tmp_path / references.place(language, stem) / "index.html").read_text(encoding="utf-8")
            assert built[built.index("<article") : built.index("</article>")] in text
            assert "<script" not in text and "<nav" not in text
            assert ("woff2" in text) == ("<math" in built)
            for style in re.findall(r'href="([^"]+floor\.css|[^"]+\.woff2)"', text):
                assert (tmp_path / references.place(language, stem) / style).is_file()


def visit(size: int, ms: int) -> dict:
    view = {"bytes": size, "requests": 7, "ms": ms}
    return {"first": view, "scrolled": dict(view), "shift": 0, "faults": []}


def audit(score: int) -> dict:
    return {"performance": score, "accessibility": 100, "best-practices": 100, "seo": 100}


PAGE = {
    name: {"phone": [visit(100_000, ms)], "desktop": [visit(100_000, ms)], "lighthouse": [audit(99)]}
    for name, ms in (("book", 300), ("floor", 200), ("jupyter-book", 1500))
}
BROKEN = {
    "first: 180001 bytes": lambda book: book["phone"][0]["first"].update(bytes=180_001),
    "scrolled: 250001 bytes": lambda book: book["desktop"][0]["scrolled"].update(bytes=250_001),
    "17 requests": lambda book: book["phone"][0]["scrolled"].update(requests=17),
    "shifts by 0.02": lambda book: book["desktop"][0].update(shift=0.02),
    "another origin": lambda book: book["phone"][0].update(faults=["another origin: example.org"]),
    "2.05 times the main-thread time of floor": lambda book: book["phone"][0]["first"].update(ms=410),
    "0.31 times the main-thread time of jupyter-book": lambda book: book["phone"][0]["first"].update(ms=465),
    "performance 96": lambda book: book["lighthouse"][0].update(performance=96),
    "seo 92": lambda book: book["lighthouse"][0].update(seo=92),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_page_that_breaks_a_promise_is_named(fault):
    assert web.broken({"pages": {"en/momentum": PAGE}}) == []
    page = copy.deepcopy(PAGE)
    BROKEN[fault](page["book"])
    assert [line for line in web.broken({"pages": {"en/momentum": page}}) if line.startswith("en/momentum: ") and fault in line]


def test_a_slow_floor_excuses_a_low_score():
    page = copy.deepcopy(PAGE)
    page["book"]["lighthouse"], page["floor"]["lighthouse"] = [audit(94)], [audit(96)]
    assert web.broken({"pages": {"en/momentum": page}}) == []


@pytest.mark.parametrize(("ms", "near"), [(300, False), (356, False), (364, True), (436, True), (444, False)])
def test_a_page_is_visited_again_on_either_side_of_a_limit(ms, near):
    page = copy.deepcopy(PAGE)
    page["book"]["phone"][0]["first"].update(ms=ms)
    page["jupyter-book"]["phone"][0]["first"].update(ms=10_000)
    assert web.close(page) == near


def test_a_machine_without_chinese_is_refused(monkeypatch):
    """Pages of boxes would be measured, and called fast."""
    found = {"Noto Sans CJK SC": ("131334", "en|zh-cn|zh-tw"), "DejaVu Sans": ("155320", "aa|en|fr")}
    fonts = [f"{family}\t{version}\t{languages}" for family, (version, languages) in found.items()]
    monkeypatch.setattr(visits, "do", lambda command: fonts.pop(0))
    assert visits.chinese_font() == {"Noto Sans CJK SC": "2.004"}
    with pytest.raises(BenchError, match="no font here has Chinese, DejaVu Sans neither"):
        visits.chinese_font()
