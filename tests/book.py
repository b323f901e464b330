"""The book as the tests know it: its pages, and where they stand in the built site."""

from pathlib import Path

from downhill.manuscript.book import Book

ROOT = Path(__file__).parents[1]
BOOK = Book(ROOT)
PAGES = [(language, name) for language, pages in BOOK.pages.items() for name in pages]


def address(site: Path, language: str, name: str) -> Path:
    stem = name.removesuffix(".md")
    return site / language / ("index.html" if stem == "index" else f"{stem}/index.html")


def path_of(language: str, name: str) -> str:
    stem = name.removesuffix(".md")
    return f"{language}/" if stem == "index" else f"{language}/{stem}/"
