"""The pages as written: twins, catalogue, formulas, typography, words that writing.md forbids."""

import re

import pytest

from downhill import checks
from downhill.checks import twins, typography
from downhill.frozen import full
from downhill.manuscript import catalogue
from downhill.manuscript.book import Book, Page
from tests.book import ROOT

BOOK = Book(ROOT)
PAGES = [page for pages in BOOK.pages.values() for page in pages.values()]


@pytest.fixture(params=PAGES, ids=lambda page: page.place)
def page(request) -> Page:
    return request.param


def prose(page: Page):
    """Yield (line number, text) of the lines that are sentences."""
    verbatim = False
    for number, line in enumerate(page.text.splitlines(), 1):
        if line.strip().startswith("```") or line.strip() == "$$":
            verbatim = not verbatim
        elif not verbatim and line.strip():
            yield number, line


def test_the_book_is_consistent():
    assert checks.problems(BOOK) == []


def test_twins_notice_a_difference():
    english = "# Title {#title}\n\nWith $x^2$, [a link](#title), and {{ line: y }}.\n\n- one\n"
    assert twins.compare("p.md", english, english) == []
    for old, new in [
        ("#title}", "#other}"),
        ("x^2", "x^3"),
        ("(#title)", "(#x)"),
        ("line: y", "line: z"),
        ("- one", "one"),
    ]:
        assert twins.compare("p.md", english, english.replace(old, new)), (old, new)
    assert twins.compare("p.md", english, english + "\nmore\n")


def test_every_heading_has_an_english_id(page):
    for number, line in prose(page):
        if re.match(r"#+ ", line):
            assert re.search(r" ?\{#[a-z0-9-]+\}$", line), f"{page.place}:{number}: {line}"


def test_words_that_belittle_are_absent():
    forbidden = re.compile(r"\b(just|simply|obviously|easy|easily|clearly|trivially|trivial)\b", re.IGNORECASE)
    for page in BOOK.pages["en"].values():
        for number, line in prose(page):
            assert not forbidden.search(line), f"{page.place}:{number}: {line}"


def test_chinese_typography():
    assert typography.problems(BOOK) == []


@pytest.mark.parametrize(
    "text",
    [
        "取$x$的值。",
        "取`x`的值。",
        "您好。",
        "学习率(步长)。",
        "学习率,步长。",
        "学习率0.1。",
        "| 好 | 用SGD训练 |",
        "[用SGD训练](a.md)。",
    ],
)
def test_chinese_typography_notices(text):
    assert typography.faults(text)


def test_a_changed_english_word_is_noticed(small):
    path = small / "snippets" / "chapter" / "line.py"
    path.write_text(path.read_text().replace('label="line"', 'label="a new line"'))
    broken = Book(small)
    assert any("a new line" in problem for problem in checks.problems(broken))
    catalogue.update(broken.catalogue, broken.paths)
    assert any("fuzzy" in p or "no Chinese" in p for p in checks.problems(Book(small)))


def test_frozen_numbers_are_those_of_the_snippets_as_they_stand():
    frozen = {path.stem: full.json.loads(path.read_text()) for path in (ROOT / "data" / "full").glob("*.json")}
    sources = {n.split("/")[-1]: s for n, s in BOOK.snippets.items() if full.cache.reads_mnist(s)}
    assert frozen.keys() == sources.keys()
    for stem, source in sources.items():
        assert frozen[stem]["program_sha256"] == full.fingerprint(source), f"{stem} changed; run `make full`"
        assert frozen[stem]["data_md5"] == full.MD5
