"""The catalogue has the Chinese of every word."""

from downhill import checks
from downhill.manuscript import catalogue
from downhill.manuscript.book import Book


def test_a_changed_english_word_is_noticed(small):
    path = small / "snippets" / "chapter" / "line.py"
    path.write_text(path.read_text().replace('label="line"', 'label="a new line"'))
    broken = Book(small)
    assert any("a new line" in problem for problem in checks.problems(broken))
    catalogue.update(broken.catalogue, broken.paths)
    assert any("fuzzy" in p or "no Chinese" in p for p in checks.problems(Book(small)))
