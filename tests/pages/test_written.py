"""The pages as written: everything that `make check` looks for."""

import re

from downhill import checks
from downhill.frozen import experiments, full
from tests.book import BOOK


def test_nothing_is_wrong_with_the_book():
    assert checks.problems(BOOK) == []


def test_the_rules_of_writing_are_kept():
    assert checks.rules(BOOK) == []


def test_the_frozen_numbers_are_those_of_the_programs():
    assert full.problems(BOOK) + experiments.problems(BOOK) == []


def headings(language: str) -> dict[tuple[str, str], str]:
    """Return `{(page, id): heading}`."""
    found = re.compile(r"^#+ (.*?) \{#([\w-]+)\}$", re.MULTILINE)
    return {(name, id): text for name, page in BOOK.pages[language].items() for text, id in found.findall(page.text)}


def test_a_heading_is_a_question_in_both_languages_or_in_none():
    english, chinese = headings("en"), headings("zh")
    assert {place for place, text in english.items() if text.endswith("?")} == {
        place for place, text in chinese.items() if text.endswith("？")
    }


def test_lists_of_sources_have_one_name():
    named = {language: {text for (_, id), text in headings(language).items() if id == "sources"} for language in ("en", "zh")}
    assert named == {"en": {"Sources"}, "zh": {"参考文献"}}
