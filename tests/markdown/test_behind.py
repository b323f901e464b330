"""The line at a chapter's head: counted from its pages and programs, and the same in every rendering."""

from dataclasses import replace

import pytest

from downhill import LANGUAGES
from downhill.manuscript import counts
from downhill.manuscript.book import Book
from downhill.markdown import behind
from tests.book import BOOK


def test_numbers_programs_and_tests_are_counted(bare):
    book = Book(bare)
    page = book.pages["en"]["index.md"]
    assert counts.behind(book, page) == {"numbers": 1, "programs": 1, "tests": 0}
    book.snippets["chapter/line"] += '"""\n>>> y\n[0.0, 1.5]\n>>> len(y)\n2\n"""'
    assert counts.behind(book, page)["tests"] == 2
    assert behind.sentence(book, page, "") == "1 number, 1 program, and 2 lines of tests stand behind this page."
    assert behind.sentence(book, book.pages["zh"]["index.md"], "2026-11-27") == (
        "本页背后有 1 个数、1 个程序和 2 行测试。最近一次运行于 <time>2026-11-27</time>。"
    )
    assert behind.sentence(book, replace(page, text="# Notes {#notes}\n"), "2026-11-27") == "", "no chapter"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapters_of_the_book_say_it_and_lead_to_where_it_is_explained(language):
    chapters = [page for page in BOOK.pages[language].values() if behind.sentence(BOOK, page, "")]
    assert len(chapters) >= 4
    for page in chapters:
        held = counts.behind(BOOK, page)
        assert min(held.values()) > 10, page.place
        assert "](index.md#numbers)" in behind.sentence(BOOK, page, "2026-11-27")
