"""Every page is there as plain Markdown."""

import re

import pytest

from tests.book import BOOK, PAGES


@pytest.mark.parametrize(("language", "name"), PAGES, ids=map("/".join, PAGES))
def test_every_page_is_there_as_plain_markdown(site, language, name):
    text = (site / language / name).read_text(encoding="utf-8")
    for trace in (
        "{{ ",
        "--8<--",
        "exec=",
        "\n/// ",
        "[](#",
        "\\label",
        "{#",
        "??? ",
        "[@",
        "[[references]]",
        "[[bibliography]]",
    ):
        assert trace not in text, trace
    for fence in BOOK.pages[language][name].fences:
        assert BOOK.source(fence.snippet, language).strip().splitlines()[-1] in text or "source" not in fence.place
    for target in re.findall(r"\]\(([\w-]+\.md)", text):
        assert (site / language / target).is_file()
    assert f"]({language}/{name}):" in (site / "llms.txt").read_text(encoding="utf-8")
