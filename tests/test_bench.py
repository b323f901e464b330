"""What the benches take from the book: that they still understand its pages."""

import re

from bench.peers import pages, plain, tools
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
    assert [name for name, source in book.snippets.items() if tools.draws(source) == ("print(" in source)] == []


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
