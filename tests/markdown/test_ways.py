"""Where a chapter stands: what the tables of the first page say of it, as links from its head."""

from dataclasses import replace

import pytest

from downhill import LANGUAGES
from downhill.manuscript import counts, ways
from downhill.manuscript.book import Book
from downhill.markdown import ways as shown
from tests.book import BOOK

FIRST = """# First {#first}

| chapter | what it uses |
| --- | --- |
| [Line](line.md) | [what to know](#know), [a slope](other.md#slope) |

/// table | tab-uses
What is used.
///

| question | where |
| --- | --- |
| Why? | [there](other.md#why), [here](line.md#here), [and here](line.md#more) |
| What? | [there](other.md#what) |

/// table | tab-questions
Questions.
///
"""
LINE = "# Line {#line}\n\n## Exercises {#exercises}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_says_what_it_uses_and_what_it_answers(bare, language):
    book = Book(bare)
    first = book.pages[language]["index.md"]
    pages = {"index.md": replace(first, text=FIRST), "line.md": replace(first, name="line.md", text=LINE)}
    book.pages[language].update(pages)
    said = shown.head(book, pages["line.md"])
    links = "[what to know](index.md#know), [a slope](other.md#slope)"
    assert said[0] == {"en": f"This chapter uses {links}.", "zh": f"本章用到{links}。"}[language]
    assert [line for line in said if line.startswith("    - ")] == ["    - [Why?](#here)"]
    assert shown.head(book, replace(pages["line.md"], text="# Notes {#notes}\n")) == [], "no chapter"
    book.pages[language]["index.md"] = replace(first, text="# First {#first}\n")
    assert shown.head(book, pages["line.md"]) == [], "the first page says nothing of it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_of_the_book_uses_something_and_answers_a_question(language):
    for name in counts.chapters(BOOK, language):
        page = BOOK.pages[language][name]
        assert ways.uses(BOOK, page) and ways.answered(BOOK, page), page.place
