"""Every page is there as plain Markdown."""

import re
from dataclasses import replace

import pytest

from downhill.execution.shelf import Shelf
from downhill.manuscript import bibliography
from downhill.manuscript.book import Book
from downhill.site.plain import Plain, Sources
from tests.book import BOOK, PAGES, address, tree


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
    assert not re.search(r"[图表] \d+[\u4e00-\u9fff]", text), "the page has a space there"
    assert "]（" not in text and "] (" not in re.sub(r"\$[^$]+\$|```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    for fence in BOOK.pages[language][name].fences:
        assert BOOK.source(fence.snippet, language).strip().splitlines()[-1] in text or "source" not in fence.place
    built = tree(address(site, language, name))
    for statement in built.xpath("//article//*[contains(@class, ' form')][@id]"):
        assert f"> **{statement.get('aria-label')}**" in text
    for target in re.findall(r"\]\(([\w-]+\.md)", text):
        assert (site / language / target).is_file()
    assert f"]({language}/{name}):" in (site / "llms.txt").read_text(encoding="utf-8")


def test_code_stays_as_it_is(bare):
    """What looks like syntax in code is code: quotes, ids, lists of sources, citations, captions, executed fences."""
    inside = '{{ line: y }}\n## A {#a}\n[[references]]\n/// figure | fig-a\n\nx\n///\n$x \\label{b}$\n??? note "T"'
    executed = '```python exec="on"\n--8<-- "chapter/line.py"\n```'
    text = f"# T {{#t}}\n\n`[@key]` and ``{{#b}}``.\n\n```text\n{inside}\n```\n\n````markdown\n{executed}\n````\n\n"
    text += f'??? note "Folded"\n\n    ```text\n    {inside.splitlines()[0]}\n    ```\n'
    page = replace(Book(bare).pages["en"]["index.md"], text=text)
    plain = Plain(Book(bare), page, Shelf(bare), Sources(bibliography.load(bare))).text()
    assert f"```text\n{inside}\n```" in plain
    assert f"````markdown\n{executed}\n````" in plain
    assert "`[@key]` and ``{#b}``." in plain
    assert "**Folded**\n\n```text\n{{ line: y }}\n```" in plain
