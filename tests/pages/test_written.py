"""The pages as written: twins, catalogue, formulas, typography, words that writing.md forbids."""

import re

import pytest

from downhill import checks
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


def test_every_heading_has_an_english_id(page):
    for number, line in prose(page):
        if re.match(r"#+ ", line):
            assert re.search(r" ?\{#[a-z0-9-]+\}$", line), f"{page.place}:{number}: {line}"


def test_words_that_belittle_are_absent():
    forbidden = re.compile(r"\b(just|simply|obviously|easy|easily|clearly|trivially|trivial)\b", re.IGNORECASE)
    for page in BOOK.pages["en"].values():
        for number, line in prose(page):
            assert not forbidden.search(line), f"{page.place}:{number}: {line}"
